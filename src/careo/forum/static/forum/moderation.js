// Keys for the queue of moderation: they go from post to post and follow the links that each post has anyway.
// They can be switched off, so that nobody who types with a voice or a helper's keyboard sets them off unawares.
(() => {
  const keys = document.querySelector(".keys");
  const posts = [...document.querySelectorAll(".queue > .post")];
  if (!keys || !posts.length) return;
  const box = keys.querySelector("input");
  const KEPT = "careo.moderation.keys";
  keys.hidden = false;
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));

  const here = () => posts.findIndex((post) => post.contains(document.activeElement));

  function go(step) {
    const to = Math.min(Math.max(here() + step, 0), posts.length - 1);
    posts[to].focus({ preventScroll: true });
    posts[to].scrollIntoView({ block: "start" });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else {
      const link = posts[here()]?.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
      if (!link) return;
      link.click();
    }
    event.preventDefault();
  });
})();
