import { documentId } from "./catalogue";
import type { Platform } from "./catalogue";
import { labelFault } from "./names";
import { suggest } from "./problems";
import type { Problems } from "./problems";

/** That each consumer has a name and a Secret of its own, and reads what there is. */
export function checkConsumers(
    platform: string,
    consumers: Platform["consumers"],
    variables: ReadonlyMap<string, string>,
    problems: Problems,
): void {
    const secretNames = new Map<string, string>();
    for (const [name, consumer] of Object.entries(consumers)) {
        const place = `${platform}/${name}`;
        const fault = labelFault(name) ?? labelFault(consumer.secretName);
        if (fault !== undefined) problems.add(place, `the name of a consumer and of its Secret ${fault}`);
        if (name === "default")
            problems.add(place, "the service account 'default' is everybody's", "Rename it");
        const other = secretNames.get(consumer.secretName);
        if (other !== undefined)
            problems.add(place, `its Secret '${consumer.secretName}' is the one of ${other}`);
        secretNames.set(consumer.secretName, place);
        if (consumer.reads.length === 0) problems.add(place, "it reads nothing", "Remove it");
        for (const variable of new Set(consumer.reads)) {
            if (variables.has(variable)) continue;
            const fix = suggest(variable, variables.keys());
            problems.add(
                place,
                `it reads '${variable}', which no document and no configuration value has`,
                fix,
            );
        }
    }
}

/** A document is read when a consumer reads one of its fields, or when a composed field uses one. */
export function checkEachDocumentIsRead(platform: Platform, problems: Problems): void {
    const read = new Set(Object.values(platform.consumers).flatMap((consumer) => consumer.reads));
    const composedOf = new Set<string>();
    for (const [name, document] of Object.entries(platform.documents)) {
        for (const field of Object.values(document.fields)) {
            if (field.kind !== "composed") continue;
            for (const match of field.template.matchAll(/\{([a-z0-9-]+)\./g))
                composedOf.add(match[1] ?? name);
        }
    }
    for (const [name, document] of Object.entries(platform.documents)) {
        const variables = Object.values(document.fields).flatMap((field) => field.variable ?? []);
        if (composedOf.has(name) || variables.some((variable) => read.has(variable))) continue;
        problems.add(
            documentId(platform.name, name),
            "no consumer reads it",
            "Give it a consumer or remove it",
        );
    }
}
