// The account corner: a stored page says nothing of its reader, so the corner is asked for on its own.
// A visitor is asked about once an hour only; passing through /account/, where one logs in, asks again.
const corner = document.querySelector("[data-corner]");
const HOUR = 3600 * 1000;
const KEY = "careo-visitor-since";
const atAccount = location.pathname.startsWith("/account/");

function knownVisitor() {
  try {
    if (atAccount) localStorage.removeItem(KEY);
    return Date.now() - Number(localStorage.getItem(KEY) || 0) < HOUR;
  } catch {
    return false; // storage is forbidden here: ask each time
  }
}

function rememberVisitor() {
  try {
    if (!atAccount) localStorage.setItem(KEY, String(Date.now()));
  } catch {
    // asked again on the next page
  }
}

async function drawCorner() {
  const answer = await fetch(corner.dataset.corner, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return; // the plain link stays
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  corner.replaceChildren(...drawn.body.childNodes);
  if (corner.querySelector("[data-visitor]")) rememberVisitor();
}

if (corner && !knownVisitor()) drawCorner().catch(() => {});
