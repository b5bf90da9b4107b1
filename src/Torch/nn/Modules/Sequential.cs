namespace Dfx.Torch.Modules
{
    /// <summary>Modules one after another, named by their place or as given.</summary>
    public class Sequential : torch.nn.Module<Tensor, Tensor>
    {
        private readonly List<torch.nn.Module<Tensor, Tensor>> _steps = [];

        internal Sequential(IEnumerable<(string Name, torch.nn.Module<Tensor, Tensor> Module)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules)
            {
                register_module(name, module);
                _steps.Add(module);
            }
        }

        /// <summary>How many modules there are.</summary>
        public int Count => _steps.Count;

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor)
        {
            using var scope = torch.NewDisposeScope();
            var result = _steps.Aggregate(tensor.alias(), (x, step) => step.call(x));
            return scope.MoveToOuter(result);
        }
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                new(modules.Select((m, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), m)));

            /// <inheritdoc cref="Modules.Sequential"/>
            public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
        }
    }
}
