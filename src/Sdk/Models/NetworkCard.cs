namespace Dfx.Sdk;

/// <summary>A network inside a trained model, for the columns that count evaluations and parameters.</summary>
/// <param name="Name">What reports call it, such as <c>ddpmpp</c> or <c>module</c>.</param>
/// <param name="Parameters">How many numbers it learned.</param>
/// <param name="EvaluationsPerCall">How often one call of the model runs it, once an image: 1 as a rule.</param>
/// <param name="Role">Whether its evaluations count as the model's own or in the column of second networks.</param>
public sealed record NetworkCard(string Name, long Parameters, int EvaluationsPerCall = 1, NetworkRole Role = NetworkRole.Main);
