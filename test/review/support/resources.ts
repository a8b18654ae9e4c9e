import { compareResources } from "../../../review/compare/resources";
import type { SnapshotResource } from "../../../review/snapshot";

export const urn = (types: string, name: string): string => `urn:pulumi:prod::strongroom::${types}::${name}`;

export const ROLE = "aws:iam/role:Role";
export const KEY = "aws:kms/key:Key";
export const SECRET = "aws:secretsmanager/secret:Secret";
export const DOCUMENT = "strongroom:secrets:Document";
export const PLATFORM = "strongroom:stacks:Platform";

export type Sketch = Partial<SnapshotResource> & { readonly under?: SnapshotResource };

export function resource(type: string, name: string, { under, ...more }: Sketch = {}): SnapshotResource {
    const above = under === undefined ? "" : `${under.urn.split("::")[2] ?? ""}$`;
    return {
        ...{ urn: urn(`${above}${type}`, name), type, name },
        ...{
            custom: !type.startsWith("strongroom:"),
            read: false,
            inputs: {},
            options: {},
            dependencies: [],
        },
        ...(under === undefined ? {} : { parent: under.urn }),
        ...more,
    };
}

/** The changes as a line each. */
export function lines(
    before: readonly SnapshotResource[],
    after: readonly SnapshotResource[],
): readonly string[] {
    return compareResources(before, after).changes.map(
        ({ kind, name, properties, replacedBecauseOf = [], formerUrn }) =>
            [
                `${kind} ${name}`,
                ...(formerUrn === undefined ? [] : [`was ${formerUrn.split("::")[3] ?? ""}`]),
                ...properties.map(({ path }) => path),
                ...replacedBecauseOf.map((path) => `because of ${path}`),
            ].join(", "),
    );
}

export const shop = (
    name: string,
    options: SnapshotResource["options"] = {},
): readonly SnapshotResource[] => {
    const platform = resource(PLATFORM, name, { options });
    const document = resource(DOCUMENT, `${name}/db`, { under: platform });
    return [
        platform,
        document,
        resource(SECRET, `${name}/db`, { under: document, inputs: { name: "shop/db" } }),
    ];
};
