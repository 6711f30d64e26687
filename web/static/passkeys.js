// A passkey is asked here: the form brings the question, and takes the answer to the server.

const answers = { create: creating, get: signing };

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // Browsers know passkeys on secure pages only; without them the form stays as it is.
  if (!window.PublicKeyCredential) continue;
  const button = form.querySelector("button[type=button]");
  button.hidden = false;
  button.addEventListener("click", () => ask(form, button));
}

async function ask(form, button) {
  const failed = form.querySelector("[role=alert]");
  failed.hidden = true;
  button.disabled = true;
  try {
    const options = JSON.parse(form.dataset.options);
    form.elements.answer.value = JSON.stringify(await answers[form.dataset.passkey](options));
    form.submit();
  } catch {
    // Whether it was taken away, refused or not there is the browser's to say, and it did.
    failed.hidden = false;
    button.disabled = false;
  }
}

async function creating(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
    },
  });
  return told(made, ["clientDataJSON", "attestationObject"]);
}

async function signing(options) {
  const made = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: described(options.allowCredentials),
    },
  });
  return told(made, ["clientDataJSON", "authenticatorData", "signature"]);
}

function told(made, names) {
  const response = Object.fromEntries(names.map((name) => [name, text(made.response[name])]));
  return { id: made.id, rawId: text(made.rawId), type: made.type, response };
}

function described(credentials = []) {
  return credentials.map((one) => ({ ...one, id: bytes(one.id) }));
}

function bytes(base64url) {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
