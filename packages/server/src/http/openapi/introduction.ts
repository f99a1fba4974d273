/** What holds for every route; the head of the document and of docs/api.md. */
export const introduction = `Everything the interface does goes through \`/api/v1\`, and a program may do the same.

**Who asks.** A program sends \`Authorization: Bearer <API key>\`. A key belongs to one project, has the scopes that were chosen when it was made in Settings, and may expire. A browser is signed in by the cookie \`kindred_session\`; every request of it that changes something also carries the header \`x-kindred-csrf\` with the value that \`GET /api/v1/me\` answers.

**Requests** are JSON in UTF-8. A key that is not known, in a body or in a query string, is an error that names it. Times are epoch milliseconds, \`:p\` is the project's id.

**Errors** have one shape, \`{ "error": { "code", "message", "details" } }\`, also where the path, the method or the JSON is wrong. Codes are never renamed: switch on them.

**Lists** answer \`{ "results": […], "next": … }\`. \`next\` is text for the parameter \`cursor\` of the next page and null on the last; \`limit\` is the size of a page. Following \`next\` neither repeats nor skips a row that was there all the while, whatever is added meanwhile, and the last page comes as fast as the first. People also take \`offset\`, for page numbers on a screen, up to 10,000.

**Sending again.** A POST that makes something takes the header \`Idempotency-Key\` with any text of your own. The same key with the same request within 24 hours is answered with the first reply (and the header \`idempotency-replayed: true\`) without making anything again; one that arrives while the first is still being answered waits for it. The key with another request is refused as \`idempotency/other-request\`. Only replies that succeeded are remembered.`
