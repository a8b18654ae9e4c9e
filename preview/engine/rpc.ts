import { createServer, type AddressInfo, type Server as NetServer, type Socket } from "node:net";
import type * as Grpc from "@grpc/grpc-js";

import type { Message, MessageOf } from "./wire/message";

/** Raised as the engine raises it: programs can call 5,000 resources into one stack analysis. */
const MESSAGE_BYTES_MAX = 400 * 1024 * 1024;
const OPTIONS = {
    "grpc.max_receive_message_length": MESSAGE_BYTES_MAX,
    "grpc.max_send_message_length": MESSAGE_BYTES_MAX,
    // A queue of thousands of registrations is waited for, not refused.
    "grpc.server_max_unrequested_time_in_server": 30 * 60,
};

/** gRPC's status codes, as far as the engine's protocol uses them. */
export const Status = { unknown: 2, invalidArgument: 3, unimplemented: 12, unavailable: 14 } as const;

/** The answer to a call that can't be fulfilled; the message is shown to whoever wrote the program. */
export class CallError extends Error {
    constructor(
        message: string,
        readonly code: number = Status.unknown,
    ) {
        super(message);
    }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any fields: the messages of a service differ
type AnyMessage = Message<any>;

export interface Method<Q, A> {
    readonly path: string;
    readonly request: { decode(bytes: Buffer): Q };
    readonly response: { encode(value: A): Buffer };
    readonly answer: (request: Q) => A | Promise<A>;
}

/** A method of a service of the engine, e.g. `pulumirpc.ResourceMonitor/RegisterResource`. */
export function method<Q extends AnyMessage, A extends AnyMessage>(
    path: string,
    request: Q,
    response: A,
    answer: (request: RequestOf<Q>) => AnswerOf<A> | Promise<AnswerOf<A>>,
): Method<never, unknown> {
    return { path, request, response, answer } as unknown as Method<never, unknown>;
}
type RequestOf<M> = M extends Message<infer F> ? MessageOf<F> : never;
type AnswerOf<M> = M extends Message<infer F> ? Partial<MessageOf<F>> : never;

/**
 * A port on loopback that is known before gRPC is loaded: processes that are to connect to it can start meanwhile,
 * and wait for their first answer until `serve` is called.
 */
export class Endpoint {
    readonly #net: NetServer;
    readonly #early: Socket[] = [];
    #grpc: Grpc.Server | undefined;
    #accept = (socket: Socket): void => {
        this.#early.push(socket);
    };

    private constructor(net: NetServer) {
        this.#net = net;
        net.on("connection", (socket) => {
            this.#accept(socket);
        });
    }

    static async open(): Promise<Endpoint> {
        const net = createServer({ pauseOnConnect: true });
        await new Promise<void>((resolve, reject) => {
            net.once("error", reject);
            net.listen(0, "127.0.0.1", resolve);
        });
        return new Endpoint(net);
    }

    get address(): string {
        return `127.0.0.1:${(this.#net.address() as AddressInfo).port}`;
    }

    serve(grpc: typeof Grpc, methods: readonly Method<never, unknown>[]): void {
        const server = new grpc.Server(OPTIONS);
        server.addService(
            Object.fromEntries(
                methods.map(({ path, request, response }) => [path, definition(path, request, response)]),
            ),
            Object.fromEntries(methods.map(({ path, answer }) => [path, handler(answer)])),
        );
        const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
        this.#accept = (socket) => {
            socket.on("error", () => undefined);
            socket.setNoDelay(true);
            injector.injectConnection(socket);
            socket.resume();
        };
        this.#early.splice(0).forEach(this.#accept);
        this.#grpc = server;
    }

    close(): void {
        this.#grpc?.forceShutdown();
        this.#net.close();
    }
}

function definition(
    path: string,
    request: Method<never, unknown>["request"],
    response: Method<never, unknown>["response"],
) {
    return {
        path: `/${path}`,
        requestStream: false,
        responseStream: false,
        requestSerialize: unused,
        requestDeserialize: (bytes: Buffer) => request.decode(bytes),
        responseSerialize: (value: unknown) => response.encode(value),
        responseDeserialize: unused,
    };
}

function unused(): never {
    throw new Error("a server neither writes requests nor reads responses");
}

function handler(answer: Method<never, unknown>["answer"]): Grpc.UntypedHandleCall {
    const handle: Grpc.handleUnaryCall<never, unknown> = (call, callback) => {
        Promise.resolve()
            .then(() => answer(call.request))
            .then(
                (value) => {
                    callback(null, value);
                },
                (error: unknown) => {
                    const code = error instanceof CallError ? error.code : Status.unknown;
                    const details = error instanceof Error ? error.message : String(error);
                    // gRPC is loaded late, so its enum is no value here; ours has the same numbers.
                    callback(Object.assign(new Error(details), { code, details }));
                },
            );
    };
    return handle as Grpc.UntypedHandleCall;
}

/** Calls methods of a server in a child process: the pack, or the program's callbacks. */
export class Caller {
    readonly #client: Grpc.Client;

    constructor(grpc: typeof Grpc, address: string) {
        this.#client = new grpc.Client(address, grpc.credentials.createInsecure(), OPTIONS);
    }

    call<Q extends AnyMessage, A extends AnyMessage>(
        path: string,
        request: Q,
        response: A,
        value: AnswerOf<Q>,
    ): Promise<RequestOf<A>> {
        return new Promise((resolve, reject) => {
            this.#client.makeUnaryRequest<AnswerOf<Q>, RequestOf<A>>(
                `/${path}`,
                (message) => request.encode(message),
                (bytes) => response.decode(bytes) as RequestOf<A>,
                value,
                (error, answer) => {
                    if (error !== null) reject(new CallError(error.details, error.code));
                    else resolve(answer as RequestOf<A>);
                },
            );
        });
    }

    close(): void {
        this.#client.close();
    }
}
