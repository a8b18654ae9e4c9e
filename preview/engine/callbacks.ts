import type * as Grpc from "@grpc/grpc-js";

import type { CallbackReference } from "./registered";
import { Caller } from "./rpc";
import { CallbackInvokeRequest, CallbackInvokeResponse } from "./wire/monitor-messages";

/** Functions of the program that the engine calls back: transforms and hooks. */
export class Callbacks {
    readonly #callers = new Map<string, Caller>();

    constructor(readonly grpc: typeof Grpc) {}

    /** @throws CallError with what the function threw. */
    async invoke({ target, token }: CallbackReference, request: Buffer): Promise<Buffer> {
        let caller = this.#callers.get(target);
        if (caller === undefined) {
            caller = new Caller(this.grpc, target);
            this.#callers.set(target, caller);
        }
        const path = "pulumirpc.Callbacks/Invoke";
        const answer = await caller.call(path, CallbackInvokeRequest, CallbackInvokeResponse, {
            token,
            request,
        });
        // An answer with nothing in it takes no bytes: a hook that succeeded.
        return answer.response ?? Buffer.alloc(0);
    }

    close(): void {
        for (const caller of this.#callers.values()) caller.close();
    }
}
