/** The pictures of the pages, by file name. */
export const assets: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  'icon.svg': {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#b3431f"/><path d="M5 20c4-4 7 3 11 0s7-4 11 0" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/><circle cx="16" cy="11" r="4" fill="#f5c26b"/></svg>',
  },
  'warehouse.svg': {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><rect width="640" height="360" fill="#fbe7cf"/><circle cx="520" cy="84" r="44" fill="#f5c26b"/><path d="M0 220h90v-90h70v90h60v-130h84v130h70v-70h90v70h176v140H0z" fill="#e9c7a4"/><path d="M120 210l200-84 200 84v150H120z" fill="#b3431f"/><path d="M120 210l200-84 200 84-10 16-190-80-190 80z" fill="#8f3216"/><rect x="240" y="236" width="160" height="124" fill="#fff6ee"/><path d="M240 262h160M240 288h160M240 314h160M240 340h160" stroke="#e6dccd" stroke-width="4"/><rect x="160" y="250" width="52" height="44" rx="4" fill="#f5c26b"/><rect x="428" y="250" width="52" height="44" rx="4" fill="#f5c26b"/><rect x="60" y="316" width="50" height="44" fill="#c98d57"/><rect x="84" y="284" width="44" height="32" fill="#d9a06b"/><rect x="536" y="308" width="56" height="52" fill="#c98d57"/></svg>',
  },
};
