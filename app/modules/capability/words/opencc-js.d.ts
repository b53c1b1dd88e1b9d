/** The table from traditional to simplified characters; the package types its converters only. `乾 干|亂 乱|…` */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export default pairs;
}
