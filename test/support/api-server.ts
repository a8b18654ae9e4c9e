import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** An object as the API server keeps it: whole, with its values. */
export interface KeptObject {
    readonly kind: string;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly [property: string]: unknown;
}

export interface RecordedRequest {
    readonly method: string;
    /** With its query. */
    readonly url: string;
    readonly path: string;
    readonly accept: string;
}

export interface PlayedOptions {
    /** By path; a list is at the path of its resource. */
    readonly objects: Readonly<Record<string, KeptObject | readonly KeptObject[]>>;
    /** By path: answered with this status, and the Status object that goes with it. */
    readonly refused?: Readonly<Record<string, number>>;
    /** Paths that are never answered. */
    readonly silent?: readonly string[];
    /** Sends whole objects whatever is asked for, as a proxy that drops the header would cause. */
    readonly ignoresAccept?: boolean;
    /** @default 500 */
    readonly pageSize?: number;
}

/**
 * Plays the part of the Kubernetes API that verify uses, with the shapes of the API reference: whole objects,
 * PartialObjectMetadata and its list with `continue`, Scale, Status, and the field selector on a pod's phase.
 */
export class PlayedApiServer {
    readonly requests: RecordedRequest[] = [];
    readonly #server = http.createServer((request, response) => {
        this.#answer(request, response);
    });

    constructor(private readonly options: PlayedOptions) {}

    async start(): Promise<{ host: string; port: number }> {
        await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
        return { host: "127.0.0.1", port: (this.#server.address() as AddressInfo).port };
    }

    async stop(): Promise<void> {
        this.#server.closeAllConnections();
        await new Promise((resolve) => this.#server.close(resolve));
    }

    #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
        const url = new URL(request.url ?? "/", "http://server");
        const { accept = "" } = request.headers;
        const path = url.pathname;
        this.requests.push({ method: request.method ?? "", url: request.url ?? "", path, accept });
        if (this.options.silent?.includes(path) === true) return;
        const send = (status: number, body: unknown): void => {
            response.writeHead(status, { "content-type": "application/json" });
            response.end(JSON.stringify(body));
        };
        const refused = this.options.refused?.[path];
        if (refused !== undefined) {
            send(refused, { kind: "Status", apiVersion: "v1", status: "Failure", code: refused });
        } else if (path === "/version") {
            send(200, { major: "1", minor: "34", gitVersion: "v1.34.2" });
        } else {
            const kept = this.options.objects[path];
            if (kept === undefined)
                send(404, { kind: "Status", apiVersion: "v1", reason: "NotFound", code: 404 });
            else send(200, this.#rendered(kept, accept, url.searchParams));
        }
    }

    #rendered(kept: KeptObject | readonly KeptObject[], accept: string, query: URLSearchParams): unknown {
        const asMetadata = accept.includes("as=PartialObjectMetadata") && this.options.ignoresAccept !== true;
        const part = ({ metadata }: KeptObject) => ({
            kind: "PartialObjectMetadata",
            apiVersion: "meta.k8s.io/v1",
            metadata,
        });
        if (!isList(kept)) return asMetadata ? part(kept) : { apiVersion: "v1", ...kept };
        const over = ["Succeeded", "Failed"].filter((phase) =>
            query.get("fieldSelector")?.includes(`status.phase!=${phase}`),
        );
        const items = kept.filter(
            ({ status }) => !over.includes((status as { phase?: string } | undefined)?.phase ?? ""),
        );
        const from = Number(query.get("continue") ?? 0);
        const to = from + Math.min(this.options.pageSize ?? 500, Number(query.get("limit") ?? 500));
        const metadata = { resourceVersion: "1", ...(to < items.length ? { continue: String(to) } : {}) };
        const page = items.slice(from, to);
        return asMetadata
            ? {
                  kind: "PartialObjectMetadataList",
                  apiVersion: "meta.k8s.io/v1",
                  metadata,
                  items: page.map(part),
              }
            : { kind: "List", apiVersion: "v1", metadata, items: page };
    }
}

const isList = (kept: KeptObject | readonly KeptObject[]): kept is readonly KeptObject[] =>
    Array.isArray(kept);
