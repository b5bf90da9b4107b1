namespace Dfx.Sdk;

/// <summary>
/// Marks an option of an <see cref="ICollectingCorrection"/> that decides what is collected of its source: corrections that differ in other options
/// share one collection. <see cref="ICollectingCorrection.Collect"/> may depend on no other option.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CollectsAttribute : Attribute;
