// A citation mark opens its passage where it stands. Without this script the mark is a link to the passages below; with it
// the mark is a button, says whether it is open, and answers the space bar as buttons do.
const PASSAGE = /^#passage-\d+$/;

function passageOf(mark) {
  const target = mark.getAttribute("href") || "";
  return PASSAGE.test(target) ? document.getElementById(target.slice(1)) : null;
}

function drawPassage(mark, passage) {
  const words = passage.closest("[data-close]")?.dataset || { close: "Close", named: "Passage NUMBER" };
  const panel = document.createElement("aside");
  panel.className = "passage-open";
  panel.id = `open-${mark.id}`;
  panel.tabIndex = -1;
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", words.named.replace("NUMBER", passage.id.replace("passage-", "")));
  for (const part of passage.children) panel.append(part.cloneNode(true));
  for (const back of panel.querySelectorAll(".back")) back.remove();
  for (const named of panel.querySelectorAll("[id]")) named.removeAttribute("id");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain";
  close.textContent = words.close;
  close.addEventListener("click", () => closePassage(mark));
  panel.append(close, ...wrongHere(mark));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePassage(mark);
  });
  return panel;
}

// The way to tell the editors, where the page names it: with the sentence of this mark chosen there.
function wrongHere(mark) {
  const { wrong, wrongWords } = mark.closest("[data-wrong]")?.dataset || {};
  if (!wrong) return [];
  const link = document.createElement("a");
  link.href = wrong + mark.id.slice(1);
  link.rel = "nofollow";
  link.textContent = wrongWords;
  return [" ", link];
}

function openPassage(mark, passage) {
  for (const other of document.querySelectorAll('.citation[aria-expanded="true"]')) hidePassage(other);
  const panel = drawPassage(mark, passage);
  const block = mark.closest("p, li, blockquote, h2, h3, h4") || mark;
  block.after(panel);
  mark.setAttribute("aria-expanded", "true");
  mark.setAttribute("aria-controls", panel.id);
  panel.focus();
}

function hidePassage(mark) {
  document.getElementById(mark.getAttribute("aria-controls"))?.remove();
  mark.setAttribute("aria-expanded", "false");
  mark.removeAttribute("aria-controls");
}

function closePassage(mark) {
  hidePassage(mark);
  mark.focus();
}

function pressed(event) {
  const mark = event.currentTarget;
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0; // a tab of its own
  const passage = passageOf(mark);
  if (elsewhere || !passage) return;
  event.preventDefault();
  if (mark.getAttribute("aria-expanded") === "true") closePassage(mark);
  else openPassage(mark, passage);
}

for (const mark of document.querySelectorAll("a.citation")) {
  if (!passageOf(mark)) continue;
  mark.setAttribute("role", "button");
  mark.setAttribute("aria-expanded", "false");
  mark.addEventListener("click", pressed);
  mark.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && mark.getAttribute("aria-expanded") === "true") closePassage(mark);
    if (event.key !== " ") return;
    event.preventDefault(); // or the page would scroll
    mark.click();
  });
}
