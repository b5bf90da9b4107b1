namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on the tensor are recorded for differentiation.</summary>
        public bool requires_grad
        {
            get => Native.dfx_requires_grad(this) != 0;
            set => NativeResults.Check(Native.dfx_set_requires_grad(this, value ? 1 : 0));
        }

        /// <summary>Whether the tensor is no result of a recorded operation.</summary>
        public bool is_leaf => Native.dfx_is_leaf(this) != 0;

        /// <summary>The gradient that <see cref="backward()"/> gathered, or null; setting replaces it.</summary>
        public Tensor? grad
        {
            get => Native.dfx_grad(this);
            set => NativeResults.Check(Native.dfx_set_grad(this, value));
        }

        /// <summary>Sets <see cref="requires_grad"/> and returns the tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => NativeResults.Check(Native.dfx_retain_grad(this));

        /// <summary>The same elements outside the graph.</summary>
        public Tensor detach() => Native.dfx_detach(this);

        /// <inheritdoc cref="detach()"/>
        /// <remarks>In place.</remarks>
        public Tensor detach_() => After(Native.dfx_detach_(this));

        /// <summary>Adds the derivative of this one-element tensor to the gradient of every leaf that it depends on.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Adds derivatives of this tensor, weighted by <paramref name="grad_tensors"/>, to the gradients of its leaves.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Draws 0 or 1 with each element as the probability of 1.</summary>
        public Tensor bernoulli(Generator? generator = null) => Native.dfx_bernoulli(this, generator);

        /// <summary>Every element drawn from a normal distribution, in place.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            After(Native.dfx_normal_(this, mean, std, generator));

        /// <summary>Every element drawn uniformly from [from, to), in place.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            After(Native.dfx_uniform_(this, from, to, generator));

        /// <summary>A tensor of 0 with this one's shape, dtype and device unless others are given.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros_like(this, dtype, device, requires_grad);

        /// <summary>A tensor of 1 with this one's shape, dtype and device unless others are given.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones_like(this, dtype, device, requires_grad);

        /// <summary>A tensor of standard normal draws of libtorch's default generator, with this one's shape.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);
    }
}
