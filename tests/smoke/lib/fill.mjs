import { createHmac } from 'node:crypto';

/** Fills in {{name}} and {{name:detail}} everywhere in a piece of JSON. */
export function fill(node, context) {
  if (typeof node === 'string')
    return node.replace(/\{\{([a-z][a-z0-9_]*(?::[a-z0-9_]+)?)\}\}/g, (whole, name) => value(name, context) ?? whole);
  if (Array.isArray(node))
    return node.map(item => fill(item, context));
  if (node && typeof node === 'object')
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [fill(key, context), fill(item, context)]));
  return node;
}

function value(name, context) {
  if (name.startsWith('long:'))
    return 'a'.repeat(Number(name.slice(5)));
  if (name.startsWith('token:'))
    return context.token(name.slice(6));
  return context.values[name];
}

/** Makes a token by recipe: a valid user token, with what the recipe changes. */
export function mint(recipe, issuer, secret) {
  if (recipe.literal)
    return recipe.literal;
  const now = Math.floor(Date.now() / 1000);
  const header = over({ alg: 'HS256', typ: 'JWT' }, recipe.header);
  const claims = over({
    iss: issuer, aud: 'authenticated', exp: 3600, iat: -10, role: 'authenticated', aal: 'aal1',
    session_id: '5a9d3d57-6c3f-4c8c-9c9e-0d6f8d0f7a11', email: 'someone@example.com', phone: '', is_anonymous: false,
  }, recipe.claims);
  for (const name of ['exp', 'iat', 'nbf']) {
    if (typeof claims[name] === 'number')
      claims[name] += now;
  }
  const signed = [header, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = createHmac(header.alg === 'HS512' ? 'sha512' : 'sha256', recipe.secret ?? secret).update(signed).digest('base64url');
  return `${signed}.${recipe.signature ?? signature}`;
}

function over(usual, changes = {}) {
  return Object.fromEntries(Object.entries({ ...usual, ...changes }).filter(([, item]) => item !== null));
}
