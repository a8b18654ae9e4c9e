import type { Seen } from "../../rotation/verify/snapshot";
import type { FetchedKeys } from "../facts";

const LIMIT_MS = 10_000;
/** Sets of keys have a few kilobytes. */
const MAX_BYTES = 1024 * 1024;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Asks an address for a set of keys (RFC 7517, section 5). Neither the address nor a key is in what is returned. */
export async function fetchedKeys(
    address: string,
    limitMs: number = LIMIT_MS,
    get: Fetch = fetch,
): Promise<Seen<FetchedKeys>> {
    let response: Response;
    let text: string;
    try {
        response = await get(address, { redirect: "manual", signal: AbortSignal.timeout(limitMs) });
        text = await limited(response);
    } catch (error) {
        return other("it can't be reached from here", reasonOf(error, limitMs));
    }
    if (response.status === 404) return { is: "missing" };
    if (response.status >= 300 && response.status < 400)
        return other(
            "it leads elsewhere",
            "libraries that check tokens may not follow: name the address that it leads to",
        );
    if (response.status !== 200)
        return other(`it answers with HTTP ${String(response.status)}`, "the issuer refuses, or is not up");
    let body: unknown;
    try {
        body = JSON.parse(text);
    } catch {
        return other(
            "its answer is no set of keys",
            "it is not JSON: a page for people, or a proxy that asks to log in",
        );
    }
    const keys = (body as { keys?: unknown } | null)?.keys;
    if (!Array.isArray(keys))
        return other("its answer is no set of keys", "it is JSON without a list 'keys'");
    const count = keys.filter((key) => typeof (key as { kty?: unknown } | null)?.kty === "string").length;
    if (count === 0)
        return other(
            "its set of keys is empty",
            "no token can be checked by it: the issuer has published none",
        );
    return { is: "found", object: { is: "keys", count } };
}

const other = (what: string, cause: string): Seen<FetchedKeys> => ({
    is: "found",
    object: { is: "other", what, cause },
});

async function limited(response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const body = (response.body ?? []) as AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
    for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) throw new Error("too long");
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
}

/** Codes alone: the messages of the network name the address. */
function reasonOf(error: unknown, limitMs: number): string {
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    if (name === "TimeoutError") return `it did not answer within ${String(limitMs / 1000)} seconds`;
    const code = cause?.code ?? "";
    if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its name can't be resolved";
    if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return "its certificate is not trusted, or has expired";
    if (code === "ECONNREFUSED" || code === "ECONNRESET") return "nothing answers there";
    return /^[A-Z_]+$/.test(code) ? `the network says ${code}` : "the request failed, and does not say why";
}
