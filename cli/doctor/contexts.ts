import { suggest } from "../../components/domain/problems";
import type { Problems } from "../../components/domain/problems";
import type { Facts } from "../../doctor/facts";

/**
 * The contexts to look at clusters by, by cluster. A context that the configuration gives to a cluster names it, any
 * other one has to say which cluster it is of, unless there is only one.
 */
export function contextsOf(
    texts: readonly string[],
    facts: readonly Facts[],
    problems: Problems,
): ReadonlyMap<string, string> {
    const configured = new Map(
        facts.flatMap(({ consumers }) =>
            consumers.map(({ cluster, context }) => [cluster, context] as const),
        ),
    );
    const named = new Map<string, string>();
    for (const text of texts) {
        // A context may have '=' in it, and the name of a cluster may not.
        const at = text.indexOf("=");
        const cluster = at < 0 ? undefined : text.slice(0, at);
        const own = [...configured].filter(([, context]) => context === text);
        const [only] = configured.size === 1 ? [...configured.keys()] : [];
        if (cluster !== undefined && configured.has(cluster)) named.set(cluster, text.slice(at + 1));
        else if (own.length > 0) for (const [each] of own) named.set(each, text);
        else if (only !== undefined) named.set(only, text);
        else if (configured.size > 0) {
            const choices = [
                ...configured.values(),
                ...[...configured.keys()].map((each) => `${each}=<context>`),
            ];
            problems.add(
                `--context ${text}`,
                "it does not say of which cluster it is",
                suggest(text, choices),
            );
        }
    }
    return named;
}
