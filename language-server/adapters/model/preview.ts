import type { ModelRequest } from "../../engine/ports";
import type { Features } from "./features";
import { requestHeaders } from "./keys";
import { shownHeaders, shownUrl } from "./redact";
import { chatBody } from "./request";
import { chatUrl, type EndpointSettings } from "./settings";

/** A request as it may be read by a person: exactly what would be sent, but for the secrets in URL and headers. */
export interface Preview {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function previewRequest(endpoint: EndpointSettings, key: string | undefined, request: ModelRequest, features: Features): Preview {
  return {
    method: "POST",
    url: shownUrl(chatUrl(endpoint)),
    headers: shownHeaders(requestHeaders(endpoint, key), endpoint),
    body: JSON.stringify(chatBody(request, endpoint, features), undefined, 2),
  };
}
