using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>One image of a dataset before it is packed.</summary>
/// <param name="Name">Where its pixels come from, for errors and for the reader.</param>
/// <param name="Split">Its part.</param>
/// <param name="Label">An index into the classes; 0 without classes.</param>
internal sealed record PackItem(string Name, Split Split, int Label);
