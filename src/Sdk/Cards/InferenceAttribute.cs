namespace Dfx.Sdk;

/// <summary>
/// Marks an option of a method that changes only how a trained model is used, such as its prior: one training serves all values of it.
/// <see cref="IMethod{TModel}.Train"/> runs with its default, whatever a matrix says, and <see cref="IMethod{TModel}.Load"/> with what the
/// matrix says. What training or a checkpoint depends on is no such option; <c>dfx check</c> tries that. For methods alone.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InferenceAttribute : Attribute;
