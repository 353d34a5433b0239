// What every client is asked for, whatever its words for it are.
export const SAID = "You said: hi";

export const LOOKUP = {
  named: { name: "lookup", description: "Tells the weather of a city." },
  schema: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { city: { type: "string", maxLength: 40 }, days: { type: "integer", exclusiveMinimum: 0, default: 1 } },
    required: ["city"],
    additionalProperties: false,
  },
};

/** Two calls at once, whose results may come back in another order. */
export const ROUND_TRIP = {
  words: 'CALL lookup {"city":"Zürich 🏔"}\nCALL lookup {"city":"Paris","days":2}',
  asked: [{ city: "Zürich 🏔" }, { city: "Paris", days: 2 }],
  results: ["snow", "rain"],
  end: "The tools said: snow | rain",
};

export const CITY = {
  schema: {
    type: "object",
    properties: { name: { type: "string" }, people: { type: "integer" }, tags: { type: "array", items: { type: "string" } } },
    required: ["name", "people", "tags"],
    additionalProperties: false,
  },
  value: { name: "Paris", people: 42, tags: ["Paris"] },
};

export async function collect(stream) {
  const all = [];
  for await (const one of stream) all.push(one);
  return all;
}
