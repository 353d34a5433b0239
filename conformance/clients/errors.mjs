// What clients are told when something goes wrong: the class for the status, and never that one of
// our keys is bad.
import assert from "node:assert/strict";

const refused = (status) => async (how, client, family) => {
  const error = await failure(how.ask(client, `${family}/fail-${status}`));
  assertKind(how, error, status);
  if (status === 429) assert(how.kept(error), "no retry-after");
};

function assertKind(how, error, status) {
  assert(error instanceof how.kinds[status], `${error?.constructor?.name} ${error?.status}: ${error?.message}`);
  assert.equal(error.status, status, error.message);
}

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: "nothing went wrong" });
}

export const failures = {
  400: refused(400),

  async 401(how, _client, family, open) {
    assertKind(how, await failure(how.ask(open("not-the-gateway-key"), `${family}/m`)), 401);
  },

  404: refused(404),
  429: refused(429),
  500: refused(500),

  /** All keys of the provider are dead: that is not the client's key. */
  async dead(how, client, family) {
    const error = await failure(how.ask(client, `dead-${family}/m`));
    assert(error.status >= 500, `${error.status}: ${error.message}`);
    assert(error instanceof how.kinds[500], error.constructor.name);
  },

  /** The connection ends within the stream. */
  async broken(how, client, family) {
    const error = await failure(how.stream(client, `${family}/broken`));
    assert(error instanceof how.inStream, `${error.constructor.name}: ${error.message}`);
  },

  /** The provider tells an error within the stream. */
  async failing(how, client, family) {
    const error = await failure(how.stream(client, `${family}/failing`));
    assert(error instanceof how.inStream, `${error.constructor.name}: ${error.message}`);
  },
};
