import type { Rendering } from "../rendering";
import { awsAccess } from "./aws";
import { Estate, order } from "./estate";
import { findingsOf } from "./findings";
import { gcpAccess } from "./gcp";
import { kubernetesAccess } from "./kubernetes";
import type { AccessMatrix, Cell, Entry, Identity, SystemAccess } from "./types";
import { vaultAccess } from "./vault";

export type * from "./types";
export { accessText } from "./text";

/**
 * Which identity may read which document, on every store, by evaluating what the stack would grant. It says nothing
 * of grants that other stacks or people make.
 */
export function accessMatrix(rendering: Rendering): AccessMatrix {
    const estate = new Estate(rendering);
    const systems = [awsAccess(estate), gcpAccess(estate), vaultAccess(estate), kubernetesAccess(estate)];
    const access: SystemAccess = {
        identities: systems.flatMap(({ identities }) => identities).sort(byIdentity),
        entries: systems.flatMap(({ entries }) => entries).sort(byEntry),
        cells: systems.flatMap(({ cells }) => cells).sort(byCell),
        gaps: systems.flatMap(({ gaps }) => gaps),
    };
    return { stack: rendering.stack, ...access, findings: findingsOf(estate, access) };
}

const byIdentity = (a: Identity, b: Identity): number => order(a.system, b.system) || order(a.name, b.name);
const byEntry = (a: Entry, b: Entry): number => order(a.store, b.store) || order(a.path, b.path);
const byCell = (a: Cell, b: Cell): number => byEntry(a.entry, b.entry) || byIdentity(a.identity, b.identity);
