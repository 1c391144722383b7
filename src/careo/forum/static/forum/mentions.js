// Behind an @ in a post's form: the pen names of those who wrote in this thread, to choose from by arrow keys or a click.
// They are asked for once, at the first @. Without this script the name is typed: @[Ana de Alba], or @Ana.
for (const form of document.querySelectorAll("form[data-mentions]")) complete(form, form.querySelector("textarea"));

function complete(form, field) {
  const list = document.createElement("ul");
  list.className = "mentions";
  list.id = `mentions-${field.id}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.readers);
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  let names = null;
  let at = 0;

  const typed = () => /(?:^|[^\w@./\\])@\[?([^@\n[\]]{0,40})$/u.exec(field.value.slice(0, field.selectionStart));
  const hide = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };

  async function look() {
    const begun = typed();
    if (!begun) return hide();
    names ??= fetch(form.dataset.mentions).then((answer) => (answer.ok ? answer.json() : { names: [] }), () => ({ names: [] }));
    const all = (await names).names;
    const now = typed(); // more may have been typed meanwhile
    if (!now) return hide();
    const wanted = fold(now[1]);
    const found = all.filter((name) => fold(name).startsWith(wanted) || (wanted && fold(name).includes(` ${wanted}`))).slice(0, 8);
    if (!found.length) return hide();
    list.replaceChildren(...found.map(option));
    list.hidden = false;
    mark(0);
  }

  const fold = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function option(name, n) {
    const made = document.createElement("li");
    made.id = `${list.id}-${n}`;
    made.setAttribute("role", "option");
    made.textContent = name;
    made.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the cursor
      take(name);
    });
    return made;
  }

  function mark(n) {
    const options = [...list.children];
    at = (n + options.length) % options.length;
    options.forEach((one, k) => one.setAttribute("aria-selected", String(k === at)));
    field.setAttribute("aria-activedescendant", options[at].id);
  }

  function take(name) {
    const end = field.selectionStart;
    const begun = field.value.slice(0, end).lastIndexOf("@");
    field.setRangeText(`@[${name}] `, begun, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true })); // kept as a draft
    hide();
  }

  field.addEventListener("input", look);
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[at].textContent);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
  });
}
