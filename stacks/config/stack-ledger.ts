import type { Catalogue, Platform } from "../../components/domain/catalogue";
import { Problems } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";
import { ledgerFields, readLedger } from "../../components/domain/rotation/ledger";
import type { LedgerField } from "../../components/domain/rotation/ledger";
import type { Ledger } from "../../components/domain/rotation/stages";
import { ETCD_FIELD, ETCD_ROTATION } from "../../components/domain/encryption-key";
import { createsAccessKeys } from "./access-keys";
import { readLedgerFile } from "./ledger-file";
import { objectOf } from "./load";

/** The ledger of a stack with the fields that it is about. */
export interface StackLedger {
    readonly ledger: Ledger;
    readonly fields: ReadonlyMap<string, LedgerField>;
    /** The entries of what the stack draws or creates itself. */
    readonly drawn: Ledger;
    readonly problems: readonly Problem[];
}

/**
 * The ledger of the platforms that a stack configures, however wrong the rest of its configuration is.
 *
 * @param root what the ledger's path is relative to.
 * @param raw the values below our namespace, by key without it.
 */
export function readStackLedger(
    root: string,
    raw: Readonly<Record<string, string>>,
    catalogue: Catalogue,
): StackLedger {
    const fields = stackFields(raw, catalogue);
    const { ledger: place } = raw;
    if (place === undefined || place === "") return { ledger: {}, fields, drawn: {}, problems: [] };
    const problems = new Problems();
    const { source, problems: unreadable } = readLedgerFile(root, place);
    problems.addAll(unreadable);
    if (source === undefined) return { ledger: {}, fields, drawn: {}, problems: problems.all };
    const { ledger, problems: wrong } = readLedger(source, fields, place);
    problems.addAll(wrong);
    const drawn = Object.fromEntries(
        Object.entries(ledger).filter(([id]) => fields.get(id)?.isOurs === true),
    );
    return { ledger, fields, drawn, problems: problems.all };
}

/** The fields that have, or may have, an entry in the ledger of a stack. */
export function stackFields(
    raw: Readonly<Record<string, string>>,
    catalogue: Catalogue,
): ReadonlyMap<string, LedgerField> {
    const platforms = objectOf(raw["platforms"]);
    const hasAws = raw["aws"] !== undefined;
    const fields = new Map<string, LedgerField>();
    for (const platform of catalogue) {
        if (!(platform.name in platforms)) continue;
        const { secrets, native } = objectOf(platforms[platform.name]);
        const drawn = withoutDocuments(platform, Object.keys(objectOf(native)));
        for (const [id, field] of ledgerFields([drawn], createsAccessKeys(hasAws, secrets)))
            fields.set(id, field);
    }
    if (raw["etcd"] !== undefined) fields.set(ETCD_FIELD, { ...ETCD_ROTATION, isText: false, isOurs: true });
    return fields;
}

/** What a store rotates by itself has no generations of ours. */
function withoutDocuments(platform: Platform, names: readonly string[]): Platform {
    const documents = Object.entries(platform.documents).filter(([name]) => !names.includes(name));
    return { ...platform, documents: Object.fromEntries(documents) };
}
