import { githubPipeline, gitlabPipeline } from "../../components/access/ci-pipeline";
import type { Pipeline } from "../../components/access/ci-pipeline";
import { Names } from "../../components/domain/names";
import { SHARED_PLATFORM } from "../../components/domain/ownership";
import type { StackConfig } from "./schema";

/** The names of what an environment's platforms share: `strongroom-prod`. */
export const sharedNames = (environment: string): Names => new Names(SHARED_PLATFORM, environment);

/** The pipelines that deploy the environment; none where it is not configured. */
export function pipelinesOf({
    environment,
    ci,
}: Pick<StackConfig, "environment" | "ci">): (Pipeline & { readonly declaresProvider: boolean })[] {
    const { github, gitlab } = ci ?? {};
    return [
        ...(github === undefined
            ? []
            : [
                  {
                      ...githubPipeline({ ...github, environment: github.environment ?? environment }),
                      declaresProvider: github.awsProvider === "declared",
                  },
              ]),
        ...(gitlab === undefined
            ? []
            : [
                  {
                      ...gitlabPipeline({ ...gitlab, environment: gitlab.environment ?? environment }),
                      declaresProvider: gitlab.awsProvider === "declared",
                  },
              ]),
    ];
}
