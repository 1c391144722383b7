// Sharing, copying the address and printing: the buttons are there with this script alone, each where the browser can.
const ACTS = {
  share: { can: () => Boolean(navigator.share), act: ({ link, title }) => navigator.share({ url: link, title }) },
  copy: { can: () => Boolean(navigator.clipboard), act: ({ link }) => navigator.clipboard.writeText(link) },
  print: { can: () => true, act: () => window.print() },
};

for (const button of document.querySelectorAll("button[data-act]")) {
  const { can, act } = ACTS[button.dataset.act];
  button.hidden = !can();
  button.addEventListener("click", async () => {
    const status = button.parentElement.querySelector("[role=status]");
    status.textContent = "";
    try {
      await act(button.dataset);
      status.textContent = button.dataset.done || "";
    } catch {
      // the reader thought better of it, or the browser forbids it: the address bar and the e-mail link are there
    }
  });
}
