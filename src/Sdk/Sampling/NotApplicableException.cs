namespace Dfx.Sdk;

/// <summary>
/// A combination that has no meaning, such as a budget below a sampler's smallest number of evaluations. The cell is marked as not
/// applicable, which is no failure.
/// </summary>
/// <param name="reason">Why, and what would be applicable.</param>
public sealed class NotApplicableException(string reason) : Exception(reason);
