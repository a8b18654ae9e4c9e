import { fieldsOf, isIssued } from "../../components/domain/catalogue";
import type { Catalogue, Field } from "../../components/domain/catalogue";
import { suggest } from "../../components/domain/problems";
import type { Problems } from "../../components/domain/problems";
import { valueFault } from "../../components/domain/value-faults";
import { createsAccessKeys } from "./access-keys";
import type { StackConfig } from "./schema";

/** What somebody else issues, and so is set here: in the configuration, or out of band. */
export function checkValues(config: StackConfig, catalogue: Catalogue, problems: Problems): void {
    const fields = new Map([...fieldsOf(catalogue)].map((found) => [found.id, found]));
    const isIssuedIn = (platform: string, field: Field): boolean =>
        isIssued(field, createsAccessKeys(config.aws !== undefined, config.platforms[platform]?.secrets));
    const issued = [...fields.values()]
        .filter(({ platform, field }) => isIssuedIn(platform.name, field))
        .map(({ id }) => id);
    for (const [id, value] of Object.entries(config.values)) {
        const place = `strongroom:values["${id}"]`;
        const found = fields.get(id);
        if (found === undefined) {
            problems.add(place, "the catalogue has no such field", suggest(id, issued));
        } else if (!isIssuedIn(found.platform.name, found.field)) {
            const message =
                found.field.kind === "access-key"
                    ? "the stack creates this access key itself"
                    : `the field is ${found.field.kind}, and only external ones are set`;
            problems.add(place, message, "Remove it");
        } else {
            const fault = valueFault(value);
            if (fault !== undefined)
                problems.add(place, `its value ${fault}`, "Set the real value, as it was issued");
        }
    }
    // A document that somebody else writes is written by them alone, so none of its fields can be ours.
    for (const [at, id] of config.outOfBand.entries()) {
        const place = `strongroom:outOfBand[${String(at)}]`;
        const found = fields.get(id);
        if (found === undefined) {
            problems.add(place, `the catalogue has no field '${id}'`, suggest(id, issued));
            continue;
        }
        for (const [name, field] of Object.entries(found.document.fields)) {
            if (isIssuedIn(found.platform.name, field)) continue;
            const message = `'${id}' is set out of band, and '${name}' of the same document is ${field.kind}`;
            problems.add(place, message, "Put external fields into a document of their own");
        }
        if (config.values[id] !== undefined)
            problems.add(place, `'${id}' has a value in the configuration too`, "Keep one");
    }
}
