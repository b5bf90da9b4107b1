namespace Dfx.Sdk;

/// <summary>
/// Marks an option of a method or of a correction that changes only how what it trained is used, such as a model's prior or the level that a correction takes over at: one training serves
/// all values of it. <see cref="IMethod{TModel}.Train"/> and <see cref="ICorrection.Train"/> run with its default, whatever a matrix says, and <c>Load</c> with what the matrix
/// says. What training, a checkpoint or a collection depends on is no such option; <c>dfx check</c> tries that. Not for corrections that learn nothing, which have no training.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InferenceAttribute : Attribute;
