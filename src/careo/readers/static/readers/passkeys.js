// Passkeys: asks the browser for one, and sends its answer with the form. Where the browser knows none of them, the forms
// stay hidden and the other ways to log in remain. `webauthnJSON` is allauth's: it writes the answer as JSON.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  const asked = async (form) => {
    if (!form.dataset.ask) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  // A key to log in with alone is found without a name, and looks who holds it.
  const made = (options, alone) => {
    const wish = options.publicKey.authenticatorSelection;
    wish.requireResidentKey = alone;
    wish.residentKey = alone ? "required" : "discouraged";
    if (alone) wish.userVerification = "required";
    return webauthnJSON.create(options);
  };

  const answered = async (form) => {
    const options = await asked(form);
    if (form.dataset.passkey === "get") return webauthnJSON.get(options);
    return made(options, form.elements.passwordless.checked);
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const trouble = form.querySelector("[role=alert][hidden]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      trouble.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await answered(form));
        form.submit();
      } catch {
        trouble.hidden = false;
      }
    });
  }
  for (const told of document.querySelectorAll("[data-without-passkeys]")) told.hidden = true;
})();
