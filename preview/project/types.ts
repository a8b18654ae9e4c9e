import type { StackEncryption } from "../../stacks/config/wall";

/** A Pulumi project, as its Pulumi.yaml describes it. */
export interface Project {
    /** Where Pulumi.yaml is; absolute, as are the other paths. */
    readonly directory: string;
    readonly name: string;
    /** `main`'s directory: where the program is started. */
    readonly programDirectory: string;
    /** What to run there; "." for what Node finds itself. */
    readonly entryPoint: string;
    /** `runtime.options.nodeargs`, as separate arguments. */
    readonly nodeArguments: readonly string[];
    /** Whether the SDK compiles TypeScript itself when the program starts. */
    readonly typescript: boolean;
    readonly tsconfig?: string;
    /** Names of the stacks that have a file, sorted. */
    readonly stacks: readonly string[];
}

/** The configuration of one stack: the project's defaults and declared values, then the stack's file. */
export interface StackConfiguration {
    readonly stack: string;
    readonly encryption?: StackEncryption;
    /** By `namespace:name`; objects and lists as JSON. */
    readonly values: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
    /** Keys, or paths within them, of encrypted values that stand in as opaque secrets: no passphrase was given. */
    readonly opaqueKeys: readonly string[];
    /** What stands under `secure:`, as it is in the file, by key or path within it. */
    readonly ciphertexts?: Readonly<Record<string, string>>;
    /** What was decrypted, or is a secret in plain text, so that it can be kept out of everything that people see. */
    readonly secretTexts: readonly string[];
}
