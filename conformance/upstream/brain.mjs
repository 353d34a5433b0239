// What the pretended model says. A turn is what a dialect made of a request; the last words of the
// user tell the model what to do:
//
//   CALL name {"json": 1}    call this tool, one a line
//   THINK                    think aloud before the answer
//   anything else            say it again
//
// After tool results it repeats them; where a schema is asked for, it answers by that.

/** @returns {{thought?: string, text: string, calls: {name: string, arguments: object}[]}} */
export function answer(turn) {
  const results = resultsOf(turn);
  if (results.length > 0) {
    return { text: `The tools said: ${results.join(" | ")}`, calls: [] };
  }
  const words = lastWords(turn);
  const calls = callsIn(words).filter(({ name }) => turn.tools.includes(name));
  if (calls.length > 0) {
    return { thought: "A tool knows.", text: "", calls };
  }
  const thought = words.includes("THINK") ? "Let me see." : undefined;
  return { thought, text: turn.schema ? JSON.stringify(sample(turn.schema)) : `You said: ${words}`, calls: [] };
}

function resultsOf(turn) {
  const results = [];
  for (const message of turn.messages.toReversed()) {
    if (message.role === "assistant") break;
    results.unshift(...message.results);
  }
  return results;
}

function lastWords(turn) {
  const users = turn.messages.filter((message) => message.role === "user" && message.text);
  return users.length > 0 ? users.at(-1).text : "";
}

function callsIn(words) {
  return [...words.matchAll(/^\s*CALL (\S+) (\{.*\})\s*$/gm)].map(([, name, json]) => ({
    name,
    arguments: JSON.parse(json),
  }));
}

/** The smallest value that a schema allows, as far as the checks use schemas. */
function sample(schema) {
  switch (String(schema.type ?? "object").toLowerCase()) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, sample(inner)]),
      );
    case "array":
      return [sample(schema.items ?? { type: "string" })];
    case "integer":
    case "number":
      return 42;
    case "boolean":
      return true;
    default:
      return schema.enum?.[0] ?? "Paris";
  }
}
