// The passages that a post may cite, beside its form, each with a button that writes its sign where the cursor stands.
// Without this script the link opens them in a page of their own.
for (const link of document.querySelectorAll("a[data-passages]")) link.addEventListener("click", openPassages);

async function openPassages(event) {
  const link = event.currentTarget;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page) return window.open(link.href); // it says itself what is wrong
  const passages = page.querySelector("main .passages") || page.querySelector("main p:last-of-type");
  for (const choose of passages.querySelectorAll(".choose")) choose.replaceChildren(citeButton(link, choose));
  link.parentElement.replaceWith(passages);
  passages.tabIndex = -1;
  passages.focus();
}

function citeButton(link, choose) {
  const sign = choose.querySelector("code").textContent;
  const field = link.closest("form").querySelector("textarea");
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = `${link.dataset.cite} ${sign}`;
  made.addEventListener("click", () => {
    field.setRangeText(sign, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true })); // kept as a draft
    field.focus();
  });
  return made;
}
