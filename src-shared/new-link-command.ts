/**
 * A shell command, to be run in the data folder, that requests a link to the console. The token goes through a pipe because command lines
 * can be read by every user of the machine.
 */
export const newLinkCommand = (api_url: string): string =>
  `printf 'Authorization: Bearer %s' "$(cat admin-token)" | curl -s${api_url.startsWith('https:') ? OWN_CERTIFICATE : ''} -X POST -H @- ${api_url}/console-links`;

/** curl trusts the certificate that the desk made itself, if it did. */
const OWN_CERTIFICATE = ' $([ -f tls-cert.pem ] && echo --cacert tls-cert.pem)';
