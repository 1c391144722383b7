// The account corner: a stored page says nothing of its reader, so the corner is asked for on its own.
// What it tells a visitor is the same for all, and is remembered for an hour; passing through /account/, where one
// logs in, asks again.
const corner = document.querySelector("[data-corner]");
const HOUR = 3600 * 1000;
const KEY = "careo-visitors-corner";
const atAccount = location.pathname.startsWith("/account/");

function remembered() {
  try {
    if (atAccount) localStorage.removeItem(KEY);
    const { since, drawn } = JSON.parse(localStorage.getItem(KEY)) || {};
    return Date.now() - since < HOUR ? drawn : null;
  } catch {
    return null; // storage is forbidden, or somebody else wrote there: ask
  }
}

function remember(drawn) {
  try {
    if (!atAccount) localStorage.setItem(KEY, JSON.stringify({ since: Date.now(), drawn }));
  } catch {
    // asked again on the next page
  }
}

function show(drawn) {
  corner.replaceChildren(...new DOMParser().parseFromString(drawn, "text/html").body.childNodes);
  for (const link of corner.querySelectorAll('a[href*="next="]')) {
    const back = new URL(link.href);
    if (!atAccount) back.searchParams.set("next", location.pathname);
    link.href = back.href;
  }
}

async function ask() {
  const answer = await fetch(corner.dataset.corner, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return; // the plain link stays
  const drawn = await answer.text();
  show(drawn);
  if (corner.querySelector("[data-visitor]")) remember(drawn);
}

if (corner) {
  const drawn = remembered();
  if (drawn) show(drawn);
  else ask().catch(() => {}); // the server is out of reach: the plain link stays
}
