namespace Dfx.Diffusion;

/// <summary>The factors of EDM's preconditioning, D(x; sigma) = Skip x + Out F(In x; Noise): each a tensor [N] of sigma's dtype.</summary>
/// <param name="Skip">c_skip.</param>
/// <param name="Out">c_out.</param>
/// <param name="In">c_in.</param>
/// <param name="Noise">c_noise, the network's noise label.</param>
public sealed record Coefficients(torch.Tensor Skip, torch.Tensor Out, torch.Tensor In, torch.Tensor Noise);
