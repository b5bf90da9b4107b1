namespace Dfx.Data.Packing;

/// <summary>How far something that takes its time has come.</summary>
/// <param name="What">What is being done, in a word.</param>
/// <param name="Done">Units that are done.</param>
/// <param name="Total">Units in all; 0 if nobody knows.</param>
internal readonly record struct PackStep(string What, long Done, long Total);
