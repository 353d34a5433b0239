// What goes wrong, called up by name: `fail-429` as the model answers 429, `broken` ends the
// connection in the middle of a stream, `failing` tells an error as an event, and `broken-once` and
// `failing-once` do so at the first request; a key that begins with `dead` is refused, one that
// begins with `limited` has no requests left. Which of several keys is asked first is the gateway's
// to choose: of those that begin with `any`, the first that comes is dead and the second limited.

/** Gives the keys of one upstream, `any-FAMILY-…`, their parts in the order in which they come. */
export function casting() {
  const parts = new Map();
  const part = (family) => ["dead", "limited"][[...parts.keys()].filter((key) => key.startsWith(`any-${family}-`)).length];
  return (key) => {
    const [, family] = /^any-(.*)-\d+$/.exec(key) ?? [];
    if (family === undefined) return key;
    if (!parts.has(key)) parts.set(key, `${part(family) ?? "good"}-${key}`);
    return parts.get(key);
  };
}

/** @returns {number | undefined} the status that this request is refused with */
export function refusal(model, key) {
  if (key.startsWith("dead")) return 401;
  if (key.startsWith("limited")) return 429;
  const failing = /^fail-(\d+)$/.exec(model);
  return failing ? Number(failing[1]) : undefined;
}

/** Whether a stream of this model goes wrong in this way; `first`: nobody asked for it before. */
export const goes = (fault, model, first) => model === fault || (first && model === `${fault}-once`);

export const MESSAGES = {
  400: "A field of the request is not valid.",
  401: "The key is not valid.",
  404: "There is no such model.",
  429: "The limit of requests is reached.",
  500: "Something broke here.",
  503: "The model is overloaded.",
};
