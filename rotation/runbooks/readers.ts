import type { Consumer, Platform } from "../../components/domain/catalogue";
import type { Duration } from "../../components/domain/duration";
import { Names } from "../../components/domain/names";
import { parseTemplate } from "../../components/domain/template";
import { arrivalOf } from "../../stacks/config/rotation";
import type { StackConfig } from "../../stacks/config/schema";

/** A consumer of a field, and by what it reads it. */
export interface Reader {
    readonly name: string;
    readonly consumer: Consumer;
    /** Variables of the field itself and of composed fields that it is a part of. */
    readonly variables: readonly string[];
}

/** `db.password`: names a field within its platform. */
const localName = (document: string, field: string): string => `${document}.${field}`;

/** The composed fields that a field is a part of, at any depth, as `document.field`; sorted. */
export function composedOf(platform: Platform, document: string, field: string): string[] {
    const found = new Set<string>();
    const add = (part: string): void => {
        for (const [documentName, { fields }] of Object.entries(platform.documents)) {
            for (const [fieldName, each] of Object.entries(fields)) {
                const name = localName(documentName, fieldName);
                if (each.kind !== "composed" || found.has(name)) continue;
                if (!partsOf(each.template, documentName).includes(part)) continue;
                found.add(name);
                add(name);
            }
        }
    };
    add(localName(document, field));
    return [...found].sort();
}

/** The fields that a template uses, as `document.field`. */
export function partsOf(template: string, document: string): string[] {
    const used = parseTemplate(template, document).flatMap((part) =>
        "field" in part ? [localName(part.document, part.field)] : [],
    );
    return [...new Set(used)];
}

/** Who reads a field, sorted by name. */
export function readersOf(platform: Platform, document: string, field: string): Reader[] {
    const names = [localName(document, field), ...composedOf(platform, document, field)];
    const variables = names.flatMap((name) => {
        const [documentName = "", fieldName = ""] = name.split(".");
        return platform.documents[documentName]?.fields[fieldName]?.variable ?? [];
    });
    return Object.entries(platform.consumers)
        .flatMap(([name, consumer]): Reader[] => {
            const read = variables.filter((variable) => consumer.reads.includes(variable)).sort();
            return read.length === 0 ? [] : [{ name, consumer, variables: read }];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What `kubectl` calls a workload: `deployment/backend`. */
export function workloadName({ workload }: Consumer): string {
    const [kind = "", name = ""] = workload.split("/");
    return `${kind.toLowerCase()}/${name}`;
}

/** How long a change takes to arrive when nobody hurries it. */
export function arrival(config: StackConfig, platform: Platform, consumer: Consumer): Duration {
    const { sync, taking } = arrivalOf(config, platform, consumer);
    return sync.plus(taking);
}

/** The beginning of every `kubectl` command in the namespace of a platform. */
export function kubectl(config: StackConfig, platform: string): string {
    const cluster = config.platforms[platform]?.cluster ?? "";
    const { namespace } = new Names(platform, config.environment);
    return `kubectl --context ${config.clusters[cluster]?.context ?? ""} --namespace ${namespace}`;
}
