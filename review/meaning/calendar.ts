import type { Catalogue } from "../../components/domain/catalogue";
import { ETCD_FIELD, ETCD_ROTATION } from "../../components/domain/encryption-key";
import { dueDay, nextStep } from "../../components/domain/rotation/due";
import type { RotatingField } from "../../components/domain/rotation/due";
import { ledgerFields } from "../../components/domain/rotation/ledger";
import type { Generations } from "../../components/domain/rotation/stages";
import type { Json } from "../../preview/report/redact";
import { isSame } from "../compare/same";
import type { CalendarField } from "../review";
import type { StackSnapshot } from "../snapshot";
import type { Declared } from "./declared";
import { objectOf, textOf } from "./declared";
import type { PairedDocuments } from "./documents";
import { documentsOf } from "./documents";

/**
 * Every field of the head that rotates, in the order of its platforms, with the key of etcd at the end.
 *
 * @param catalogue the head's, which has the classes; a field that it does not know is left out.
 */
export function calendarOf(
    stack: StackSnapshot | undefined,
    declared: Declared,
    formerGenerations: ReadonlyMap<string, Json>,
    catalogue: Catalogue,
    isCompared: boolean,
): readonly CalendarField[] {
    // Whose access keys the stack creates has a strategy; where it does not, somebody else issues them.
    const [ours, issued] = [ledgerFields(catalogue, true), ledgerFields(catalogue, false)];
    const of = (field: string, known: RotatingField, generations: Json | undefined): CalendarField => {
        const isChanged = isCompared && !isSame(formerGenerations.get(field), generations);
        return { ...calendarField(field, known, generations), isChanged };
    };
    const fields = documentsOf(stack).flatMap((document) =>
        document.fields.flatMap(({ id, generations }) => {
            const said = declared.fields.get(id) ?? {};
            if (textOf(said["rotatedBy"]) !== undefined) return [];
            const known = (textOf(said["strategy"]) === undefined ? issued : ours).get(id);
            return known === undefined ? [] : [of(id, known, generations as Json | undefined)];
        }),
    );
    const etcd = etcdGenerations(stack);
    return etcd === undefined ? fields : [...fields, of(ETCD_FIELD, ETCD_ROTATION, etcd)];
}

/** The generations of the base by the names that the fields have in the head. */
export function generationsBefore(
    stack: StackSnapshot | undefined,
    { pairs }: PairedDocuments,
): ReadonlyMap<string, Json> {
    const etcd = etcdGenerations(stack);
    const found = new Map<string, Json>(etcd === undefined ? [] : [[ETCD_FIELD, etcd]]);
    for (const { before, after } of pairs) {
        for (const { name, generations } of before.fields)
            if (generations !== undefined) found.set(`${after.name}.${name}`, generations as Json);
    }
    return found;
}

const ETCD = "strongroom:encryption:EtcdEncryption";

function etcdGenerations(stack: StackSnapshot | undefined): Json | undefined {
    const found = stack?.resources.find(({ type }) => type === ETCD);
    return found?.inputs["generations"];
}

function calendarField(
    field: string,
    known: RotatingField,
    told: Json | undefined,
): Omit<CalendarField, "isChanged"> {
    const { name, strategy } = known.rotationClass;
    const common = { field, class: name, strategy };
    if (objectOf(told)["current"] === undefined) return common;
    // The ledger's shape was checked where it was read.
    const generations = told as unknown as Generations;
    const { current, next, previous } = generations;
    const due = dueDay(known, generations);
    const upcoming = nextStep(known, generations);
    return {
        ...common,
        current: live(current),
        ...(next === undefined ? {} : { next: live(next) }),
        ...(previous === undefined
            ? {}
            : { previous: { generation: previous.generation, until: previous.until } }),
        ...(due === undefined ? {} : { due }),
        ...(upcoming === undefined
            ? {}
            : {
                  upcoming: {
                      step: strategy === "external" ? "issue anew" : upcoming.kind,
                      earliest: upcoming.earliest,
                  },
              }),
    };
}

const live = ({ generation, since, reason }: Generations["current"]) => ({ generation, since, reason });
