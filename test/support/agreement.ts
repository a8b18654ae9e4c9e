import { addTo } from "../../components/domain/grouped";
import type { Catalogue, Consumer, Platform } from "../../components/domain/catalogue";
import type { Rendering } from "../../preview";
import { kubernetesObjects, plain } from "./kubernetes-objects";

/** Who says something of a Secret: what makes it, the Role that grants it, the workload that uses it, the catalogue. */
export const SIDES = ["made", "granted", "used", "catalogued"] as const;
type Side = (typeof SIDES)[number];

/** One Secret as one side has it. */
export interface Piece {
    readonly side: Side;
    /** `<namespace>/<name>` */
    readonly secret: string;
    /** Undefined where a side does not tell the keys, or they are hidden in a preview. */
    readonly keys?: readonly string[];
}

interface Meta {
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly labels?: Readonly<Record<string, string>>;
    };
}
interface ExternalSecret extends Meta {
    readonly spec: { readonly target: { readonly name: string }; readonly data: { secretKey: string }[] };
}
interface Role extends Meta {
    readonly rules: { readonly resources: string[]; readonly resourceNames: string[] }[];
}
interface Parts {
    readonly env: { valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
    readonly envFrom: { secretRef?: { name: string } }[];
    readonly volumes: { secret: { secretName: string; items: { key: string }[] } }[];
}

/** Everything that is said of Secrets in a stack. */
export function piecesOf(rendering: Rendering, catalogue: Catalogue): Piece[] {
    const { environment, workloads } = plain(rendering.outputs) as {
        environment: string;
        workloads: Record<string, Record<string, Parts>>;
    };
    const used = Object.entries(workloads).flatMap(([platform, consumers]) =>
        Object.values(consumers).flatMap((parts) => usedBy(`${platform}-${environment}`, parts)),
    );
    const made = kubernetesObjects(rendering).flatMap(({ object }) => inCluster(object));
    const said = new Set([...made, ...used].map(({ secret }) => secret));
    const catalogued = catalogue
        .filter(({ name }) => workloads[name] !== undefined)
        .flatMap((platform) =>
            Object.values(platform.consumers).flatMap((consumer): Piece[] => {
                const secret = `${platform.name}-${environment}/${consumer.secretName}`;
                // Nothing is delivered where all that a consumer reads is optional and not set.
                return said.has(secret) || readsRequired(platform, consumer)
                    ? [{ side: "catalogued", secret }]
                    : [];
            }),
        );
    return [...made, ...used, ...catalogued];
}

function readsRequired({ documents }: Platform, { reads }: Consumer): boolean {
    const fields = Object.values(documents).flatMap((document) => Object.values(document.fields));
    return fields.some(
        ({ variable, required }) => variable !== undefined && reads.includes(variable) && required === true,
    );
}

function inCluster(object: object & { readonly kind: string }): Piece[] {
    const { namespace, name } = (object as unknown as Meta).metadata;
    switch (object.kind) {
        case "ExternalSecret": {
            const { target, data } = (object as unknown as ExternalSecret).spec;
            const keys = data.map(({ secretKey }) => secretKey).sort();
            return [{ side: "made", secret: `${namespace}/${target.name}`, keys }];
        }
        case "Secret":
            return [{ side: "made", secret: `${namespace}/${name}` }];
        case "Role":
            // The operator's is about what is made, and has rules without names.
            if (isOperators(object as unknown as Role)) return [];
            return (object as unknown as Role).rules
                .filter(({ resources }) => resources.includes("secrets"))
                .flatMap(({ resourceNames }) => resourceNames)
                .map((granted) => ({ side: "granted", secret: `${namespace}/${granted}` }));
        default:
            return [];
    }
}

const isOperators = ({ metadata }: Role): boolean => metadata.labels?.["strongroom.io/class"] === "operator";

function usedBy(namespace: string, { env, envFrom, volumes }: Parts): Piece[] {
    const keys = new Map<string, string[]>();
    const take = (name: string, key: string): void => {
        addTo(keys, name, key);
    };
    for (const { valueFrom } of env)
        if (valueFrom !== undefined) take(valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key);
    for (const { secret } of volumes) for (const { key } of secret.items) take(secret.secretName, key);
    const whole = envFrom.flatMap(({ secretRef }) => secretRef?.name ?? []);
    return [
        ...[...keys].map(([name, of]): Piece => ({
            side: "used",
            secret: `${namespace}/${name}`,
            keys: of.sort(),
        })),
        ...whole.map((name): Piece => ({ side: "used", secret: `${namespace}/${name}` })),
    ];
}

/** Each Secret that the sides do not agree on, once. */
export function disagreements(pieces: readonly Piece[]): string[] {
    const bySecret = new Map<string, Piece[]>();
    for (const piece of pieces) addTo(bySecret, piece.secret, piece);
    return [...bySecret].flatMap(([secret, said]) => {
        // The catalogue names the Secrets of fields; the ones of configuration are named after their consumer.
        const wanted = SIDES.filter((side) => side !== "catalogued" || !secret.endsWith("-config"));
        const missing = wanted.filter((side) => !said.some((piece) => piece.side === side));
        const keys = new Set(said.flatMap((piece) => (piece.keys === undefined ? [] : [piece.keys.join()])));
        if (missing.length > 0) return [`${secret} is not ${missing.join(" and not ")}`];
        return keys.size > 1 ? [`${secret} has other keys than are used`] : [];
    });
}
