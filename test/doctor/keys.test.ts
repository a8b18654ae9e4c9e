import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { addressesOf, addressFaults } from "../../doctor/readers/addresses";
import { fetchedKeys } from "../../doctor/readers/network";
import { CANARY } from "../support/estuary";

/** Does not prove: that an issuer's certificate or name is judged rightly, which are Node's. */
describe("addresses of keys", () => {
    it("are each of a list, and the one of a domain", () => {
        assert.deepEqual(addressesOf("AUTH_JWKS_URLS", " https://a/x , https://b/y,"), [
            "https://a/x",
            "https://b/y",
        ]);
        assert.deepEqual(addressesOf("AUTH0_DOMAIN", "a.example.com"), [
            "https://a.example.com/.well-known/jwks.json",
        ]);
    });

    const FORMS: readonly [address: string, isProtected: boolean, faults: readonly [string, boolean][]][] = [
        ["https://a.example.com/jwks", true, []],
        ["http://a.example.com/jwks", true, [["is not https", true]]],
        ["http://a.example.com/jwks", false, [["is not https", false]]],
        ["http://localhost:8080/jwks", false, []],
        ["http://keys.auth.svc/jwks", true, [["is not https", true]]],
        ["a.example.com", true, [["is no address", true]]],
        ["ftp://a.example.com", false, [["is not one of the web", true]]],
        [
            "https://u:p@a.example.com",
            true,
            [["holds credentials, which end up in logs of proxies and of applications", true]],
        ],
        ["https://a.example.com/#x", true, [["has a '#', which no server gets to see", false]]],
    ];
    for (const [address, isProtected, faults] of FORMS)
        it(`are judged: ${address}, ${isProtected ? "protected" : "not protected"}`, () => {
            const found = addressFaults(address, isProtected).map(({ message, isGrave }) => [
                message,
                isGrave,
            ]);
            assert.deepEqual(found, faults);
        });
});

describe("keys at an address", () => {
    const answers: Readonly<Record<string, (response: http.ServerResponse) => void>> = {
        "/keys": (response) => response.end(JSON.stringify({ keys: [{ kty: "RSA", n: CANARY }] })),
        "/empty": (response) => response.end('{"keys":[]}'),
        "/page": (response) => response.end(`<html>${CANARY}`),
        "/other": (response) => response.end('{"error":1}'),
        "/moved": (response) =>
            response.writeHead(302, { location: `/keys?${encodeURIComponent(CANARY)}` }).end(),
        "/down": (response) => response.writeHead(503).end(CANARY),
        "/long": (response) => response.end(CANARY.repeat(100_000)),
        "/silent": () => undefined,
    };
    const server = http.createServer((request, response) => {
        const answer = answers[request.url ?? ""];
        if (answer === undefined) response.writeHead(404).end();
        else answer(response);
    });
    let root: string;
    before(async () => {
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        root = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    });
    after(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    });
    const EXPECTED: Readonly<Record<string, readonly [string, string]>> = {
        "/empty": [
            "its set of keys is empty",
            "no token can be checked by it: the issuer has published none",
        ],
        "/page": [
            "its answer is no set of keys",
            "it is not JSON: a page for people, or a proxy that asks to log in",
        ],
        "/other": ["its answer is no set of keys", "it is JSON without a list 'keys'"],
        "/moved": [
            "it leads elsewhere",
            "libraries that check tokens may not follow: name the address that it leads to",
        ],
        "/down": ["it answers with HTTP 503", "the issuer refuses, or is not up"],
        "/long": ["it can't be reached from here", "the request failed, and does not say why"],
        "/silent": ["it can't be reached from here", "it did not answer within 0.5 seconds"],
    };
    for (const [at, [what, cause]] of Object.entries(EXPECTED))
        it(`are told: ${at} ${what}`, async () => {
            assert.deepEqual(await fetchedKeys(`${root}${at}`, at === "/silent" ? 500 : 10_000), {
                is: "found",
                object: { is: "other", what, cause },
            });
        });

    it("are counted, and none is kept", async () => {
        assert.deepEqual(await fetchedKeys(`${root}/keys`), {
            is: "found",
            object: { is: "keys", count: 1 },
        });
        assert.deepEqual(await fetchedKeys(`${root}/none`), { is: "missing" });
    });

    it("are not there where nothing listens", async () => {
        const closed = http.createServer();
        await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
        const { port } = closed.address() as AddressInfo;
        await new Promise((resolve) => closed.close(resolve));
        assert.deepEqual(await fetchedKeys(`http://127.0.0.1:${String(port)}/`), {
            is: "found",
            object: { is: "other", what: "it can't be reached from here", cause: "nothing answers there" },
        });
    });
});
