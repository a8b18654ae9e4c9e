import type { PropertyMap } from "../../preview/engine/values";
import type {
    Diagnostic,
    RenderedResource,
    Rendering,
    ResourceOptions,
    Violation,
} from "../../preview/rendering";

/** What a test says about a resource; the rest follows, as it would from the engine. */
export interface ResourceSketch {
    readonly type: string;
    readonly name: string;
    readonly inputs?: PropertyMap;
    /** What a cloud would add to the inputs. */
    readonly outputs?: PropertyMap;
    /** URN, as `urnOf` gives it; the stack when left out. */
    readonly parent?: string;
    readonly provider?: string;
    readonly read?: boolean;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly options?: ResourceOptions;
}

export interface RenderingSketch {
    readonly stack?: string;
    readonly resources?: readonly ResourceSketch[];
    readonly outputs?: PropertyMap;
    readonly violations?: readonly Violation[];
    readonly diagnostics?: readonly Diagnostic[];
    readonly opaqueConfigKeys?: readonly string[];
    readonly complete?: boolean;
}

const PROJECT = "strongroom";
const isComponent = (type: string): boolean =>
    type === "pulumi:pulumi:Stack" || type.startsWith("strongroom:");

/** The URN that the engine would give, without the parents' types unless `parentType` says them. */
export function urnOf(type: string, name: string, stack = "prod", parentType?: string): string {
    return `urn:pulumi:${stack}::${PROJECT}::${parentType === undefined ? "" : `${parentType}$`}${type}::${name}`;
}

/** A rendering made by hand: the stack itself, then the resources as sketched. */
export function rendering(sketch: RenderingSketch = {}): Rendering {
    const stack = sketch.stack ?? "prod";
    const root = urnOf("pulumi:pulumi:Stack", `${PROJECT}-${stack}`, stack);
    const rootResource = resource({ type: "pulumi:pulumi:Stack", name: `${PROJECT}-${stack}` }, stack);
    return {
        organization: "acme",
        project: PROJECT,
        stack,
        resources: [
            rootResource,
            ...(sketch.resources ?? []).map((each) => resource({ parent: root, ...each }, stack)),
        ],
        outputs: sketch.outputs ?? {},
        violations: sketch.violations ?? [],
        diagnostics: sketch.diagnostics ?? [],
        opaqueConfigKeys: sketch.opaqueConfigKeys ?? [],
        complete: sketch.complete ?? true,
    };
}

function resource(sketch: ResourceSketch, stack: string): RenderedResource {
    const { type, name, inputs = {}, outputs = {} } = sketch;
    return {
        urn: urnOf(type, name, stack),
        type,
        name,
        custom: !isComponent(type),
        read: sketch.read ?? false,
        ...(sketch.parent === undefined ? {} : { parent: sketch.parent }),
        ...(sketch.provider === undefined ? {} : { provider: sketch.provider }),
        inputs,
        outputs: { ...inputs, ...outputs },
        dependencies: sketch.dependencies ?? [],
        propertyDependencies: sketch.propertyDependencies ?? {},
        options: sketch.options ?? {},
    };
}
