import type { Diagnostic } from "../rendering";
import { tidy } from "./messages";
import type { Registered } from "./registered";

/** Which stack is previewed, and with which configuration. */
export interface StackIdentity {
    readonly organization: string;
    readonly project: string;
    readonly stack: string;
    /** Values by `namespace:name`; objects and lists as JSON. */
    readonly config: Readonly<Record<string, string>>;
    readonly secretConfigKeys: readonly string[];
}

/** What one preview of a stack has seen so far. */
export class StackState {
    readonly #resources = new Map<string, Registered>();
    readonly diagnostics: Diagnostic[] = [];
    /** URN of the stack itself, once it is there. */
    rootUrn = "";

    constructor(readonly identity: StackIdentity) {}

    /** In the order of registration. */
    get resources(): ReadonlyMap<string, Registered> {
        return this.#resources;
    }

    /** False, with an error told, when the URN is taken. */
    add(resource: Registered): boolean {
        if (this.#resources.has(resource.urn)) {
            this.error(`Duplicate resource URN '${resource.urn}'; try giving it a unique name`, resource.urn);
            return false;
        }
        this.#resources.set(resource.urn, resource);
        if (resource.type === "pulumi:pulumi:Stack") this.rootUrn = resource.urn;
        return true;
    }

    error(message: string, urn?: string): void {
        this.tell("error", message, urn);
    }

    tell(severity: Diagnostic["severity"], text: string, urn?: string): void {
        const message = tidy(text);
        this.diagnostics.push(
            urn === undefined || urn === "" ? { severity, message } : { severity, message, urn },
        );
    }

    get failed(): boolean {
        return this.diagnostics.some(({ severity }) => severity === "error");
    }
}
