// Sending: one POST with an idempotency key, so that trying again is harmless.
//
// Decides what an answer of the server means; what is shown then is the page's affair.

/** Sends `body`; resolves to `{stored}`, `{wrong}`, `{refused}`, `{keyUsed}` or `{later}`, never rejects. */
export async function send(data, key, body) {
  // A preview ends like the real form, but nothing leaves the page.
  if (!data.slug) return { stored: { receipt: "0000" } };
  try {
    const answer = await fetch(`/api/v1/public/forms/${data.slug}/submissions${data.query}`, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "accept-language": data.language,
        "idempotency-key": key,
        captcha: (await data.proof) || "",
      },
      body,
    });
    return judge(answer.status, await answer.json().catch(() => ({})));
  } catch (_) {
    return { later: true };
  }
}

/** What status and body mean to the sender. */
export function judge(status, body) {
  // Without a receipt, a captive portal or a proxy answered, not the server.
  if (status >= 200 && status < 300) return body.receipt ? { stored: body } : { later: true };
  const passing = status >= 500 || [408, 425, 429].includes(status) || body.code === "conflict.in_progress";
  if (passing) return { later: true };
  if (body.code === "request.key_reused") return { keyUsed: true };
  if (Array.isArray(body.problems) && body.problems.some(({ code }) => code === "form.captcha")) return { doubted: true };
  if (Array.isArray(body.problems) && body.problems.length) return { wrong: body.problems };
  return { refused: body.detail || body.title || String(status) };
}

/** A fresh random key. */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
