import type { Problem } from "../components/domain/problems";
import type { PropertyMap, Secret } from "./engine/values";

/** What one stack would register, as the program and the policy pack told it: the result of an offline preview. */
export interface Rendering {
    readonly organization: string;
    readonly project: string;
    readonly stack: string;
    /** @default the stack's name, up to its first period */
    readonly environment?: string;
    /** What others issued and the configuration holds, by field; of encrypted values those that could be decrypted. */
    readonly issued?: Readonly<Record<string, Secret>>;
    /** What the configuration holds under `secure:`, as its file has it, by key or path within it: never a value. */
    readonly ciphertexts?: Readonly<Record<string, string>>;
    /** In the order of registration: a parent stands before its children. */
    readonly resources: readonly RenderedResource[];
    /** The outputs of the stack. */
    readonly outputs: PropertyMap;
    readonly violations: readonly Violation[];
    /** What the program, the pack and the preview itself had to say, in order. */
    readonly diagnostics: readonly Diagnostic[];
    /** Keys of encrypted configuration values that took part as opaque secrets, because no passphrase was given. */
    readonly opaqueConfigKeys: readonly string[];
    /** What leads from the ledger of another commit to this one; absent unless it was asked for. */
    readonly rotation?: RotationSince;
    /** False when the program failed: what is here is then only what came before. */
    readonly complete: boolean;
}

/** The steps of a ledger since another commit. */
export interface RotationSince {
    /** The commit as it was named, e.g. `origin/main`. */
    readonly base: string;
    readonly steps: readonly {
        readonly field: string;
        /** `generation 3 is announced` */
        readonly what: string;
        readonly why: string;
        /** What becomes of the value that was used before. */
        readonly oldValue: string;
    }[];
    /** What the ledger does not allow, with the safe way. */
    readonly refused: readonly Problem[];
}

export interface RenderedResource {
    readonly urn: string;
    /** Type token, e.g. `aws:secretsmanager/secret:Secret`. */
    readonly type: string;
    readonly name: string;
    /** As the cloud would name it, where that follows from the inputs. */
    readonly id?: string;
    /** False for components. */
    readonly custom: boolean;
    /** True for what the program reads and does not own. */
    readonly read: boolean;
    /** URN of the parent; absent for the stack itself. */
    readonly parent?: string;
    /** URN of the provider, for custom resources. */
    readonly provider?: string;
    readonly inputs: PropertyMap;
    /** Inputs, and what a cloud would compute from them (see `engine/outputs`). */
    readonly outputs: PropertyMap;
    /** URNs, sorted. */
    readonly dependencies: readonly string[];
    /** URNs by input property, sorted. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly options: ResourceOptions;
}

/** Options that differ from their default; each is absent where it is the default. */
export interface ResourceOptions {
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly deletedWith?: string;
    readonly deleteBeforeReplace?: boolean;
    readonly ignoreChanges?: readonly string[];
    readonly replaceOnChanges?: readonly string[];
    readonly additionalSecretOutputs?: readonly string[];
    readonly aliases?: readonly string[];
    readonly customTimeouts?: Readonly<Record<string, string>>;
    readonly importId?: string;
    readonly version?: string;
}

export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";

export interface Violation {
    readonly pack: string;
    readonly policy: string;
    readonly level: EnforcementLevel;
    readonly severity?: string;
    readonly description: string;
    /** As the policy wrote it; never holds a property's value. */
    readonly message: string;
    /** URN of the resource; absent for a violation of the stack as a whole. */
    readonly urn?: string;
    /**
     * True where the policy asked for what only a deployment can tell. The engine says so and goes on; here it counts at
     * the policy's own level, since what was not decided has not been shown to be right.
     */
    readonly undecided?: true;
    /** What lets it pass, at whatever level its policy is. */
    readonly exemption?: Exemption;
}

/** Leave to violate a policy, as the stack's configuration gives it. */
export interface Exemption {
    readonly owner: string;
    readonly reason: string;
    /** Its last day. */
    readonly until: string;
}

export interface Diagnostic {
    readonly severity: "debug" | "info" | "warning" | "error";
    readonly message: string;
    readonly urn?: string;
}
