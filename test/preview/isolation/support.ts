import { isolationFindings, type IsolationFinding } from "../../../preview/isolation";
import { Secret } from "../../../preview/engine/values";
import type { PropertyMap } from "../../../preview/engine/values";
import { rendering, urnOf, type RenderingSketch, type ResourceSketch } from "../../support/rendering";

export interface StackSketch extends RenderingSketch {
    /** Values that the configuration holds, by field. */
    readonly issued?: Readonly<Record<string, string>>;
}

/** What is found between stacks as sketched, by stack name. */
export function between(stacks: Readonly<Record<string, StackSketch>>): readonly IsolationFinding[] {
    return isolationFindings(
        Object.entries(stacks).map(([stack, { issued = {}, ...sketch }]) => ({
            ...rendering({ ...sketch, stack }),
            issued: Object.fromEntries(
                Object.entries(issued).map(([field, value]) => [field, new Secret(value)]),
            ),
        })),
    );
}

/** `shared-key: the KMS key '1' belongs to dev and to prod`, a line each. */
export function told(stacks: Readonly<Record<string, StackSketch>>): readonly string[] {
    return between(stacks).map(({ kind, message }) => `${kind}: ${message}`);
}

/** A platform with one document, and the entry that holds its fields where a content is given. */
export function platform(
    stack: string,
    fields: Readonly<Record<string, PropertyMap>>,
    content?: Readonly<Record<string, string>>,
    name = "shop/db",
): readonly ResourceSketch[] {
    const [platformName = ""] = name.split("/");
    const parent = urnOf("strongroom:secrets:Document", name, stack);
    return [
        { type: "strongroom:stacks:Platform", name: platformName, inputs: { platform: platformName } },
        { type: "strongroom:secrets:Document", name, inputs: { platform: platformName, fields } },
        ...(content === undefined
            ? []
            : [
                  {
                      type: "aws:secretsmanager/secretVersion:SecretVersion",
                      name,
                      parent,
                      inputs: { secretString: new Secret(JSON.stringify(content)) },
                  },
              ]),
    ];
}

/** A provider, and what names it in the resources made with it. */
export function provider(
    kind: string,
    stack: string,
    inputs: PropertyMap,
): { readonly sketch: ResourceSketch; readonly urn: string } {
    const type = `pulumi:providers:${kind}`;
    return { sketch: { type, name: stack, inputs }, urn: urnOf(type, stack, stack) };
}
