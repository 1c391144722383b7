// What somebody is writing survives a closed tab, a lost session and a restart: it is kept in this browser, for this
// reader and this form, and sent nowhere. It goes when the post it became is shown, or after a month.
const MONTH = 30 * 24 * 3600 * 1000;
const PREFIX = "careo-draft ";

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage is forbidden, or somebody else wrote there
  }
}

function keep(key, draft) {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify({ ...draft, at: Date.now() }));
    else localStorage.removeItem(key);
  } catch {
    // the text stands in the form all the same
  }
}

function drafts() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// After posting, the address names the new post, which carries the token of its form for its author alone.
function forgetWhatWasPosted() {
  const post = location.hash.startsWith("#post-") ? document.getElementById(location.hash.slice(1)) : null;
  for (const key of drafts()) {
    const draft = kept(key);
    const posted = draft?.sent && post?.dataset.own && (!draft.token || draft.token === post.dataset.own);
    if (posted || !draft || Date.now() - draft.at > MONTH) keep(key, null);
  }
}

function look(form) {
  const field = form.querySelector("textarea");
  const token = form.elements.form_token?.value;
  const key = form.dataset.draft;
  const draft = kept(key);
  if (draft && draft.text !== field.value && (field.value === draft.base || !field.value)) restore(form, field, draft);
  const remember = (sent) => {
    const changed = field.value !== field.defaultValue && field.value.trim();
    keep(key, changed || sent ? { text: field.value, base: field.defaultValue, token, sent } : null);
  };
  if (!draft) remember(false); // somebody typed before this script was here
  field.addEventListener("input", () => remember(false));
  form.addEventListener("submit", (event) => remember(event.submitter?.name !== "preview"));
}

function restore(form, field, draft) {
  const told = document.createElement("p");
  const anew = document.createElement("button");
  told.className = "told";
  told.setAttribute("role", "status");
  anew.type = "button";
  anew.className = "as-link";
  anew.textContent = form.dataset.anew;
  anew.addEventListener("click", () => {
    field.value = field.defaultValue;
    keep(form.dataset.draft, null);
    told.remove();
    field.focus();
  });
  field.value = draft.text;
  field.after(told);
  told.append(form.dataset.restored, " ", anew);
}

forgetWhatWasPosted();
for (const form of document.querySelectorAll("form[data-draft]")) look(form);
