import * as http from "node:http";

/** A path to the API server without authentication of ours: `kubectl proxy`, or what plays it in a test. */
export type Address = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** What the server says, or why it says nothing. Bodies of errors are not kept: they are the server's words. */
export type Reply =
    | { readonly is: "answer"; readonly body: unknown }
    | { readonly is: "refusal"; readonly status: number }
    | { readonly is: "silence"; readonly why: string };

/** Only metadata of an object: its values never leave the server. A server that can't do that answers 406. */
export const METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
export const METADATA_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
/** Whole objects, for kinds that hold no value. */
export const OBJECT = "application/json";

const CONNECTIONS = 8;
/** No metadata of one object, nor a page of a list, comes near this. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Reads from an API server, and only reads. */
export class ApiServer {
    readonly #agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

    /** @param timeoutMs how long a request may wait for the next byte. */
    constructor(
        private readonly address: Address,
        private readonly timeoutMs: number,
    ) {}

    get(path: string, accept: string): Promise<Reply> {
        const options = {
            ...this.address,
            path,
            method: "GET",
            headers: { accept },
            agent: this.#agent,
            timeout: this.timeoutMs,
        };
        return new Promise((resolve) => {
            const silent = (why: string): void => {
                resolve({ is: "silence", why });
            };
            const request = http.request(options, (response) => {
                const { statusCode = 0 } = response;
                const chunks: Buffer[] = [];
                let bytes = 0;
                response.on("data", (chunk: Buffer) => {
                    bytes += chunk.length;
                    if (bytes > MAX_BYTES) request.destroy(new Error("its answer is too long"));
                    else if (statusCode === 200) chunks.push(chunk);
                });
                response.on("end", () => {
                    if (statusCode !== 200) resolve({ is: "refusal", status: statusCode });
                    else resolve(parsed(Buffer.concat(chunks)));
                });
                response.on("error", ({ message }) => {
                    silent(message);
                });
            });
            request.on("timeout", () => {
                request.destroy(new Error(`no answer within ${String(this.timeoutMs / 1000)} seconds`));
            });
            request.on("error", ({ message }) => {
                silent(message);
            });
            request.end();
        });
    }

    close(): void {
        this.#agent.destroy();
    }
}

function parsed(body: Buffer): Reply {
    try {
        return { is: "answer", body: JSON.parse(body.toString("utf8")) as unknown };
    } catch {
        return { is: "silence", why: "its answer is not JSON" }; // the parser's message would quote it
    }
}
