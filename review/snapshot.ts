import type { AccessMatrix } from "../preview/access";
import type { IsolationFinding } from "../preview/isolation";
import type { Json } from "../preview/report/redact";
import type { Diagnostic, ResourceOptions, RotationSince, Violation } from "../preview/rendering";
import type { PlatformSummary } from "../preview/report/summary";

/**
 * What a comparison needs of the rendering of one commit, as plain data that may be kept in a file: each secret is a
 * `SecretMark`, each unknown an `UnknownMark`, and no text holds a value.
 */
export interface Snapshot {
    /** In the order of the project. */
    readonly stacks: readonly StackSnapshot[];
    /** What the environments share or lack, all stacks compared. */
    readonly isolation: readonly IsolationFinding[];
}

export interface StackSnapshot {
    readonly stack: string;
    readonly project: string;
    readonly environment: string;
    /** False when the program failed: what is here is then only what came before. */
    readonly complete: boolean;
    readonly resources: readonly SnapshotResource[];
    readonly outputs: Json;
    readonly platforms: readonly PlatformSummary[];
    readonly access: AccessMatrix;
    /** Those that an exemption lets pass included. Messages are redacted. */
    readonly violations: readonly Violation[];
    readonly diagnostics: readonly Diagnostic[];
    /** Keys of configuration values that are encrypted, with a digest of the encrypted text: never of the value. */
    readonly encrypted: Readonly<Record<string, string>>;
    /** Absent on the base. */
    readonly rotation?: RotationSince;
}

export interface SnapshotResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** True for what the program reads and does not own. */
    readonly read: boolean;
    readonly parent?: string;
    readonly provider?: string;
    /** With marks for secrets and unknowns. */
    readonly inputs: { readonly [property: string]: Json };
    /** `aliases` are URNs. */
    readonly options: ResourceOptions;
    readonly dependencies: readonly string[];
}

/**
 * A secret in a snapshot. The digest is keyed by something that is no part of what is kept, so that a value can't be
 * found by trying; equal digests are equal values, also where the value has unknown parts.
 */
export interface SecretMark {
    readonly "~secret": string;
}

/** What only a deployment can tell. */
export interface UnknownMark {
    readonly "~unknown": true;
}
