// Files: each is sent as it is chosen, piece by piece, and then stands in the list as a ticked box.
//
// A piece that is lost is asked for and sent again. Large photos are made smaller first: what a phone takes is more
// than anybody looks at.

/** Longest edge of a photo. */
const EDGE = 2560;
/** Smaller files go as they are. */
const SMALL = 1 << 20;
/** A piece is tried this often. */
const TRIES = 4;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends what is chosen at the file inputs of the page. */
export function uploads(page) {
  page.form.querySelectorAll("input[type=file]").forEach((input) => {
    // The form must not bring it along a second time.
    input.dataset.name = input.name;
    input.removeAttribute("name");
    input.addEventListener("change", () => take(page, input));
  });
}

async function take(page, input) {
  const files = Array.from(input.files);
  const question = page.questionOf(input);
  const bar = question.element.querySelector("progress");
  const list = question.element.querySelector(".files");
  page.arriving += files.length;
  question.say("");
  question.refused = false;
  for (const file of files) {
    try {
      const small = await shrink(file);
      const value = await send(page.data, input.dataset.name, file.name, small, (part) => {
        bar.hidden = false;
        bar.value = part * 100;
      });
      if (!input.multiple) list.textContent = "";
      list.appendChild(box(input.dataset.name, value, file.name, small.size));
    } catch (problem) {
      question.refused = true;
      question.say(problem.words || input.dataset.failed);
    }
    page.arriving -= 1;
  }
  bar.hidden = true;
  input.value = "";
  page.update();
  page.keep();
}

/** The ticked box of a file. */
export function box(name, value, words, size) {
  const label = document.createElement("label");
  label.className = "option";
  const input = document.createElement("input");
  Object.assign(input, { type: "checkbox", name, value, checked: true });
  label.append(input);
  for (const [kind, text] of [["words", words], ["tag", size ? sized(size) : ""], ["glow", ""]]) {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    label.append(span);
  }
  return label;
}

const sized = (bytes) => (bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

/** Resolves to what the answer holds of the file. */
async function send(data, field, name, file, told) {
  // A preview ends like the real form, but nothing leaves the page.
  if (!data.slug) return "preview";
  const at = `/f/${data.slug}/files`;
  const announced = JSON.stringify({ field, name, size_bytes: file.size });
  let now = await ask(data, at, "POST", { "content-type": "application/json" }, announced);
  for (let tries = TRIES; !now.value; ) {
    const from = now.received_bytes;
    try {
      const piece = file.slice(from, from + now.piece_bytes);
      now = await ask(data, `${at}/${now.id}`, "PATCH", { "upload-offset": String(from) }, piece);
      tries = TRIES;
    } catch (problem) {
      tries -= 1;
      if (problem.words || tries === 0) throw problem;
      await pause(1000 * (TRIES - tries));
      now = await ask(data, `${at}/${now.id}`, "GET", {}).catch(() => now);
    }
    told(now.received_bytes / file.size);
  }
  return typeof now.value === "string" ? now.value : JSON.stringify(now.value);
}

async function ask(data, address, method, headers, body) {
  const all = Object.assign({ accept: "application/json", "accept-language": data.language }, headers);
  const answer = await fetch(address, { method, body, headers: all, credentials: "same-origin" });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok && said.id) return said;
  const refused = answer.status === 422 || answer.status === 413;
  throw { words: refused && ((said.problems || [])[0] || { message: said.detail }).message };
}

/** A large photo, smaller; anything else, and what this browser cannot read, as it is. */
function shrink(file) {
  if (file.size < SMALL || !/^image\/(jpeg|webp)$/.test(file.type)) return file;
  return new Promise((resolve) => {
    const image = new Image();
    image.onerror = () => resolve(file);
    image.onload = () => {
      const part = Math.min(1, EDGE / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.naturalWidth * part);
      canvas.height = Math.round(image.naturalHeight * part);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(image.src);
      canvas.toBlob((made) => resolve(made && made.size < file.size ? made : file), file.type, 0.85);
    };
    image.src = URL.createObjectURL(file);
  });
}
