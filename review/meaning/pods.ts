import { addTo } from "../../components/domain/grouped";
import { GENERATIONS, parseGenerations } from "../../components/domain/rotation/stamp";
import { order } from "../../preview/access/estate";
import type { Json } from "../../preview/report/redact";
import type { JsonObject } from "../compare/marks";
import type { SnapshotResource, StackSnapshot } from "../snapshot";
import { listOf, objectOf, textOf } from "./declared";

/** What one workload is given. */
export interface Workload {
    /** `devplatform/backend` */
    readonly consumer: string;
    /** URN of its component; absent where the component could not be found. */
    readonly urn?: string;
    /** What is spread into its pod template. */
    readonly parts: Json;
    /** True for variables, false for files. */
    readonly takesVariables: boolean;
    /** Variables of secrets, whether it takes them as such or as files. */
    readonly secrets: ReadonlySet<string>;
    /** Names of what it gets: variables, and paths of files. */
    readonly names: ReadonlySet<string>;
    /** Values of its ConfigMap by variable; empty where a store of the cloud holds them. */
    readonly settings: JsonObject;
    /** The live generations by stored field. */
    readonly generations: ReadonlyMap<string, number>;
}

const CONSUMER = "strongroom:delivery:Consumer";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const DELIVERING = /^kubernetes:(?:core\/v1:Secret|external-secrets\.io\/[^:]+:ExternalSecret)$/;

/** The workloads of a stack, by consumer. */
export function workloadsOf(stack: StackSnapshot | undefined): ReadonlyMap<string, Workload> {
    const children = new Map<string, SnapshotResource[]>();
    const components = new Map<string, SnapshotResource>();
    for (const resource of stack?.resources ?? []) {
        if (resource.type === CONSUMER) components.set(resource.name, resource);
        else if (resource.parent !== undefined) addTo(children, resource.parent, resource);
    }
    const found = new Map<string, Workload>();
    const platforms = objectOf(objectOf(stack?.outputs)["workloads"]);
    for (const [platform, consumers] of Object.entries(platforms)) {
        for (const [name, parts] of Object.entries(objectOf(consumers))) {
            const consumer = `${platform}/${name}`;
            const component = components.get(consumer);
            const own = children.get(component?.urn ?? "") ?? [];
            found.set(consumer, workload(consumer, objectOf(parts), component, own));
        }
    }
    return found;
}

function workload(
    consumer: string,
    parts: JsonObject,
    component: SnapshotResource | undefined,
    children: readonly SnapshotResource[],
): Workload {
    const settings = Object.assign(
        {},
        ...children.filter(({ type }) => type === CONFIG_MAP).map(({ inputs }) => objectOf(inputs["data"])),
    ) as JsonObject;
    const delivering = children.filter(({ type }) => DELIVERING.test(type));
    const configuration = delivering.filter(({ name }) => name === `${consumer}-config`);
    const files = listOf(parts["volumes"]).flatMap((volume) =>
        listOf(objectOf(objectOf(volume)["secret"])["items"]).flatMap(
            (item) => textOf(objectOf(item)["key"]) ?? [],
        ),
    );
    const variables = listOf(parts["env"]).flatMap((each) => {
        const { name, valueFrom } = objectOf(each);
        return textOf(name) !== undefined && objectOf(valueFrom)["secretKeyRef"] !== undefined
            ? [String(textOf(name))]
            : [];
    });
    const paths = listOf(parts["env"]).flatMap((each) => textOf(objectOf(each)["value"]) ?? []);
    return {
        consumer,
        ...(component === undefined ? {} : { urn: component.urn }),
        parts,
        takesVariables: textOf(component?.inputs["takes"]) !== "files" && files.length === 0,
        secrets: new Set([...variables, ...files]),
        names: new Set([...variables, ...paths, ...Object.keys(settings), ...configuration.flatMap(keysOf)]),
        settings,
        generations: new Map(
            [parts, ...delivering.map(({ inputs }) => objectOf(inputs["metadata"]))].flatMap((each) => [
                ...parseGenerations(textOf(objectOf(each["annotations"])[GENERATIONS]) ?? ""),
            ]),
        ),
    };
}

/** The variables that an ExternalSecret makes, which is what it is told by name. */
const keysOf = ({ inputs }: SnapshotResource): readonly string[] =>
    listOf(objectOf(inputs["spec"])["data"])
        .flatMap((each) => textOf(objectOf(each)["secretKey"]) ?? [])
        .sort(order);
