import { stringify } from "yaml";
import { accessMatrices, accessText } from "./access";
import type { AccessMatrix } from "./access";
import { order } from "./access/estate";
import type { Json } from "./report";
import { Redactor } from "./report";
import type { PropertyMap } from "./engine/values";
import type { Rendering, RenderedResource } from "./rendering";

/** A committed rendering is two files an environment, by what follows the stack's name in theirs. */
const GOLDEN_FILES: Readonly<Record<string, (rendering: Rendering, access: AccessMatrix) => string>> = {
    ".yaml": goldenText,
    ".access.txt": (_, access) => accessText(access),
};

/** Name and content of the files of all stacks; identities of each are asked about the entries of every other. */
export function goldenFiles(
    renderings: readonly Rendering[],
): readonly (readonly [name: string, text: string])[] {
    const matrices = accessMatrices(renderings);
    return renderings.flatMap((rendering, at) => {
        const access = matrices[at];
        if (access === undefined) return [];
        return Object.entries(GOLDEN_FILES).map(
            ([ending, text]) => [`${rendering.stack}${ending}`, text(rendering, access)] as const,
        );
    });
}

/**
 * A rendering as YAML whose diff is a review: resources sorted by URN, keys sorted, secrets redacted. Outputs and what
 * only repeats the inputs are left out; so is the order of registration, which may vary.
 */
export function goldenText(rendering: Rendering): string {
    const redactor = new Redactor([rendering]);
    const resources = [...rendering.resources].sort((a, b) => order(a.urn, b.urn));
    const content = Object.fromEntries(resources.map((each) => [title(each), entry(each, redactor)]));
    return stringify(
        {
            stack: rendering.stack,
            opaqueConfigKeys: [...rendering.opaqueConfigKeys].sort(order),
            outputs: redactor.map(rendering.outputs),
            resources: content,
        },
        { lineWidth: 0, aliasDuplicateObjects: false },
    );
}

/** Type and name, with the types above where a component repeats a name: what the URN says, without the stack. */
function title({ urn }: RenderedResource): string {
    const [, , types = "", ...name] = urn.split("::");
    return `${types} ${name.join("::")}`;
}

function entry(resource: RenderedResource, redactor: Redactor): Json {
    const { parent, provider, inputs, options, dependencies, read } = resource;
    const inputsShown = redactor.map(inputs);
    const optionsShown = Object.entries(redactor.map(options as PropertyMap)).filter(
        // The provider's version is the lock file's to say.
        ([option]) => option !== "version",
    );
    // A resource always depends on its parent and its provider: only what comes on top is worth a line.
    const dependsOn = dependencies.filter((urn) => urn !== parent && urn !== provider).map(shortUrn);
    return {
        ...(read ? { read } : {}),
        ...(parent === undefined ? {} : { parent: shortUrn(parent) }),
        ...(provider === undefined ? {} : { provider: shortUrn(provider) }),
        ...(Object.keys(inputsShown).length === 0 ? {} : { inputs: inputsShown }),
        ...(optionsShown.length === 0 ? {} : { options: Object.fromEntries(optionsShown) }),
        ...(dependsOn.length === 0 ? {} : { dependsOn: [...new Set(dependsOn)].sort(order) }),
    };
}

/** The last type and the name: enough to find a resource in the file. */
function shortUrn(urn: string): string {
    const [, , types = "", ...name] = urn.split("::");
    return `${types.split("$").pop() ?? ""} ${name.join("::")}`;
}
