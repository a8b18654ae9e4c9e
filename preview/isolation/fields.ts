import { isMap } from "../access/estate";
import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource, Rendering } from "../rendering";

const DOCUMENT = "strongroom:secrets:Document";
export const PLATFORM = "strongroom:stacks:Platform";

/** A document as its component describes it; none of it is a value. */
export interface DescribedDocument {
    /** `devplatform/db` */
    readonly id: string;
    readonly urn: string;
    readonly platform: string;
    readonly fields: ReadonlyMap<string, DescribedField>;
}

export interface DescribedField {
    readonly kind: string;
    readonly required: boolean;
    /** Where applications find it: `kubernetes:devplatform-dev/app#DB_PASSWORD`. */
    readonly reference?: string;
}

export function documentsOf({ resources }: Rendering): readonly DescribedDocument[] {
    return resources.filter(({ type }) => type === DOCUMENT).map(described);
}

function described({ name, urn, inputs }: RenderedResource): DescribedDocument {
    const fields = Object.entries(mapOf(inputs.fields)).map(([field, spec]): [string, DescribedField] => {
        const { kind, required, reference } = mapOf(spec);
        return [
            field,
            {
                kind: typeof kind === "string" ? kind : "",
                required: required !== false,
                ...(typeof reference === "string" ? { reference } : {}),
            },
        ];
    });
    const platform = typeof inputs.platform === "string" ? inputs.platform : "";
    return { id: name, urn, platform, fields: new Map(fields) };
}

export const mapOf = (value: PropertyValue | undefined): PropertyMap => (isMap(value) ? value : {});
