import * as pulumi from "@pulumi/pulumi";

throw new pulumi.RunError("the configuration is wrong");
